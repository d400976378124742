/** Makes documents in a thread of its own, one at a time, so that no request waits for it. */
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { render, type DocumentModel } from '@portal/documents';
import { placeOf } from '../place-of.js';

// On Linux this is of the thread alone; elsewhere it would be of the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);

parentPort?.on('message', (model: DocumentModel) => {
  void render(model).then(
    (rendered) => {
      // A copy of its own: what is given away must not be part of a buffer that others use.
      const bytes = Uint8Array.from(rendered.bytes);
      parentPort?.postMessage({ rendered: { ...rendered, bytes } }, [bytes.buffer]);
    },
    (error: unknown) => parentPort?.postMessage({ error: placeOf(error) }),
  );
});
