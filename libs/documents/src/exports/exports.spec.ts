import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { ExportModel } from '../models.js';
import { render } from '../render.js';
import { exportModel } from '../testing/all-models.js';
import { field } from './csv.js';
import { withoutTimes } from './zip.js';

const textOf = async (model: ExportModel): Promise<string> => Buffer.from((await render(model)).bytes).toString('utf8');

const HEAD = 'SchemaVersion,Series,UnitCode,CentreNo,CandidateNo,UCI,MaxMark,Status,CentreMark,InSample,ModeratorMark,FinalMark,Outcome,SubmittedAt,Position';

describe('CSV', () => {
  it('has the columns that others rely on, a row a candidate, and lines as RFC 4180 has them', async () => {
    const lines = (await textOf(exportModel(5, 'csv'))).split('\r\n');
    expect(lines).toEqual([
      HEAD,
      '1,June 2017,3000N1,68101,0001,,60,MARK,0,Y,0,0.5,adjusted,2017-06-30T14:03:07.250Z,00000000000000012345',
      '1,June 2017,3000N1,68101,0002,6810101701A,60,MARK,1,N,,1.5,adjusted,2017-06-30T14:03:07.250Z,00000000000000012345',
      '1,June 2017,3000N1,68101,0003,6810101702A,60,MARK,2,N,,2.5,adjusted,2017-06-30T14:03:07.250Z,00000000000000012345',
      '1,June 2017,3000N1,68101,0004,,60,MARK,3,N,,3.5,adjusted,2017-06-30T14:03:07.250Z,00000000000000012345',
      '1,June 2017,3000N1,68101,0005,6810101704A,60,ABS,,Y,4,,adjusted,2017-06-30T14:03:07.250Z,00000000000000012345',
      '',
    ]);
  });

  it('is no formula anywhere, and quotes what would part a row', () => {
    expect(['=1+1', '+44', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'].map(field)).toEqual(["'=1+1", "'+44", "'-1", "'@SUM(A1)", "'\t=1", `"'\r=1"`, "'＝1"]);
    expect(['a,b', 'say "so"', 'two\nlines', "O'Neil", ''].map(field)).toEqual(['"a,b"', '"say ""so"""', '"two\nlines"', "O'Neil", '']);
    expect([-3, 7.5, undefined].map(field)).toEqual(['-3', '7.5', '']);
  });
});

describe('the manifest', () => {
  it('counts and adds up the rows, and is the same for every format', async () => {
    const csv = await render(exportModel(25, 'csv'));
    expect(csv.manifest).toEqual({
      schemaVersion: '1', component: '3000N1@2017-06', series: 'June 2017', position: '00000000000000012345', source: exportModel(1, 'csv').source.hash, rows: 25,
      sumOfMarks: { centreMark: 230, moderatorMark: 84, finalMark: 240 }, sha256: createHash('sha256').update(csv.bytes).digest('hex'),
    });
    expect((await render(exportModel(25, 'xlsx'))).manifest).toEqual(csv.manifest);
    expect((await render(exportModel(25, 'json'))).manifest).toEqual(csv.manifest);
  });
});

describe('JSON', () => {
  it('has the manifest and the rows by name, null where nothing is', async () => {
    const { manifest, rows } = JSON.parse(await textOf(exportModel(5, 'json'))) as { manifest: { rows: number }; rows: Record<string, unknown>[] };
    expect(manifest.rows).toBe(5);
    expect(Object.keys(rows[0] ?? {}).join(',')).toBe(HEAD);
    expect(rows[4]).toMatchObject({ CandidateNo: '0005', Status: 'ABS', CentreMark: null, InSample: 'Y', ModeratorMark: 4, FinalMark: null, MaxMark: 60 });
    expect(JSON.parse(await textOf(exportModel(0, 'json')))).toMatchObject({ rows: [] });
  });
});

describe('XLSX', () => {
  it('has numbers as numbers, codes with their zeros, and the manifest on a sheet of its own', async () => {
    const model = exportModel(5, 'xlsx');
    const [first] = model.rows;
    const files = unzipped((await render({ ...model, rows: [{ ...first!, uci: '=HYPERLINK("x")' }, ...model.rows.slice(1)] })).bytes);
    const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
    const strings = files.get('xl/sharedStrings.xml') ?? '';
    expect(sheet.match(/<row /g)).toHaveLength(6);
    expect(sheet).not.toContain('<f>');
    expect(sheet).toContain('<v>3.5</v>');
    for (const text of ['0001', '68101', 'FinalMark', '=HYPERLINK(', '3000N1@2017-06']) expect(strings).toContain(text);
    expect(files.get('xl/workbook.xml')).toMatch(/name="Marks".*name="Manifest"/s);
  });

  it('is refused where the archive is not as it should be', () => {
    expect(() => withoutTimes(new Uint8Array(40))).toThrow('no ZIP archive');
  });
});

function unzipped(bytes: Uint8Array): ReadonlyMap<string, string> {
  const file = Buffer.from(bytes);
  const files = new Map<string, string>();
  let at = file.readUInt32LE(file.length - 6);
  for (let left = file.readUInt16LE(file.length - 12); left > 0; left -= 1) {
    const [length, name] = [file.readUInt32LE(at + 20), file.readUInt16LE(at + 28)];
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(start, start + length);
    const isPacked = file.readUInt16LE(at + 10) === 8;
    files.set(file.toString('utf8', at + 46, at + 46 + name), (isPacked ? inflateRawSync(packed) : packed).toString('utf8'));
    at += 46 + name + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return files;
}
