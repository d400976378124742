/** Letters over SMTP, to a server that speaks it. */
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from '@jest/globals';
import { mailGatewayOf } from './mail.js';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** As much of RFC 5321 as one letter needs; what was said to it. */
async function smtpServer(answerToData: string): Promise<{ readonly port: number; readonly said: string[] }> {
  const said: string[] = [];
  const server = createServer((socket: Socket) => {
    let isLetter = false;
    const reply = (line: string): void => void socket.write(`${line}\r\n`);
    createInterface({ input: socket }).on('line', (line) => {
      said.push(line);
      if (isLetter) {
        isLetter = line !== '.';
        if (!isLetter) reply(answerToData);
      } else if (line === 'DATA') {
        isLetter = true;
        reply('354 go on');
      } else reply(line === 'QUIT' ? '221 bye' : '250 ok');
    });
    socket.on('error', () => undefined);
    reply('220 here');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, said };
}

const letter = { to: 'person@example.org', subject: 'Your code', text: 'Code: 1234 5678\n' };
const gateway = (port: number) => mailGatewayOf({ url: `smtp://127.0.0.1:${port}`, from: 'portal@example.org' }, 'unused');

describe('a letter', () => {
  it('goes to the mail server, from the sender that is set', async () => {
    const { port, said } = await smtpServer('250 taken');
    expect(await gateway(port).send(letter)).toBe('sent');
    expect(said).toEqual(expect.arrayContaining([
      'MAIL FROM:<portal@example.org>', 'RCPT TO:<person@example.org>', 'Subject: Your code', 'Code: 1234 5678',
    ]));
  });

  it('that the server does not take, or that reaches none, is not sent', async () => {
    const { port } = await smtpServer('554 no');
    expect(await gateway(port).send(letter)).toBe('failed');
    servers.splice(0).forEach((server) => server.close());
    expect(await gateway(port).send(letter)).toBe('failed');
  });

  it('has one person: nothing in the address makes it two', async () => {
    const { port, said } = await smtpServer('250 taken');
    await gateway(port).send({ ...letter, to: 'a@example.org\r\nRCPT TO:<b@example.org>' });
    expect(said.filter((line) => line.startsWith('RCPT'))).not.toContain('RCPT TO:<b@example.org>');
  });
});
