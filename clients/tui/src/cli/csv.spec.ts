import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createContext } from './context.js';
import { readCsv } from './csv.js';

const folder = mkdtempSync(join(tmpdir(), 'portal-csv-'));
const context = createContext({ ...process, env: { INIT_CWD: folder } } as never, {});
const columns = { required: ['CentreNo', 'CandidateNo', 'Mark'], optional: ['Note'] };

function read(content: string | Uint8Array) {
  writeFileSync(join(folder, 'marks.csv'), content);
  return readCsv(context, 'marks.csv', columns);
}

describe('a CSV file', () => {
  it('is found from where the person stands; byte order mark, CRLF and quotes are understood', async () => {
    const file = await read('\ufeffCentreNo,Mark,CandidateNo\r\n68101,"34",0001\r\n68101,ABS,0002\r\n');
    expect(file).toEqual({
      columns: ['CentreNo', 'Mark', 'CandidateNo'],
      rows: [
        { row: 1, values: { CentreNo: '68101', Mark: '34', CandidateNo: '0001' } },
        { row: 2, values: { CentreNo: '68101', Mark: 'ABS', CandidateNo: '0002' } },
      ],
      misshapen: [],
    });
  });

  it.each([
    ['the first line alone ends in LF', 'CentreNo,CandidateNo,Mark\n68101,0001,34\r\n68101,0002,ABS\r\n'],
    ['the first line alone ends in CRLF', 'CentreNo,CandidateNo,Mark\r\n68101,0001,34\n68101,0002,ABS\n'],
    ['both stand in turn', 'CentreNo,CandidateNo,Mark\r\n68101,0001,34\n68101,0002,ABS\r\n'],
  ])('is read where %s', async (_, content) => {
    expect(await read(content)).toMatchObject({ rows: [{ row: 1, values: { Mark: '34' } }, { row: 2, values: { Mark: 'ABS' } }], misshapen: [] });
  });

  it('repairs nothing inside a value', async () => {
    const file = await read('CentreNo,CandidateNo,Mark\n68101,0001, 7 \n');
    expect(file).toMatchObject({ rows: [{ values: { Mark: ' 7 ' } }] });
  });

  it('counts rows from 1 after the header, blank lines included', async () => {
    const file = await read('CentreNo,CandidateNo,Mark\n\n68101,0001,7\n68101,0002\n\n');
    expect(file).toMatchObject({ rows: [{ row: 2 }], misshapen: [{ row: 3, columns: 2 }] });
  });

  it.each([
    ['a missing column', 'CentreNo,CandidateNo\n68101,0001\n', 'Mark'],
    ['an unknown column', 'CentreNo,CandidateNo,Mark,Extra\n68101,0001,7,x\n', 'Extra'],
    ['a column in other letters', 'centreno,CandidateNo,Mark\n68101,0001,7\n', 'CentreNo'],
    ['a column twice', 'CentreNo,CandidateNo,Mark,Mark\n68101,0001,7,8\n', 'Mark'],
    ['semicolons', 'CentreNo;CandidateNo;Mark\n68101;0001;7\n', 'CentreNo'],
    ['nothing at all', '', 'CentreNo'],
  ])('is refused as a whole for %s, and the column is named', async (_, content, field) => {
    expect(await read(content)).toMatchObject({ kind: 'failed', code: 1, error: { type: 'csv-malformed', field } });
  });

  it('may be of another kind, told by its header, and is judged as that kind', async () => {
    const either = { required: ['CentreNo', 'CandidateNo', 'Examiner'], or: { required: ['CentreNo', 'Moderator'] } };
    const given = (content: string) => {
      writeFileSync(join(folder, 'allocate.csv'), content);
      return readCsv(context, 'allocate.csv', either);
    };
    expect(await given('CentreNo,CandidateNo,Examiner\n68101,0001,a@b\n')).toMatchObject({ rows: [{ values: { Examiner: 'a@b' } }] });
    expect(await given('Moderator,CentreNo\na@b,68201\n')).toMatchObject({ columns: ['Moderator', 'CentreNo'], rows: [{ values: { CentreNo: '68201' } }] });
    for (const [header, field] of [['CentreNo', 'CandidateNo'], ['Moderator', 'CentreNo'], ['CentreNo,CandidateNo,Moderator', 'CandidateNo']]) {
      expect(await given(`${header}\n1,2,3\n`)).toMatchObject({ kind: 'failed', error: { field } });
    }
  });

  it('is refused where quotes do not close, no row follows, or it is not UTF-8', async () => {
    expect(await read('CentreNo,CandidateNo,Mark\n68101,"0001,7\n')).toMatchObject({ code: 1, error: { type: 'csv-malformed' } });
    expect(await read('CentreNo,CandidateNo,Mark\n')).toMatchObject({ code: 1, error: { type: 'csv-malformed' } });
    expect(await read(Uint8Array.from([0xff, 0xfe, 0x43, 0x00]))).toMatchObject({ code: 1, error: { type: 'file-encoding' } });
    expect(await readCsv(context, 'nowhere.csv', columns)).toMatchObject({ code: 2, error: { field: 'file' } });
  });
});
