import { describe, expect, it } from '@jest/globals';
import { drawn } from './pdf/paper.js';
import { STYLES } from './pdf/look.js';
import { render } from './render.js';
import { sheetModels } from './testing/all-models.js';
import { formulaModel } from './testing/formula-models.js';
import { elements, readPdf, typesIn, type Node } from './testing/read-pdf.js';
import { auditReportModel, markSheetModel } from './testing/sheet-models.js';

const pdfOf = async (model: Parameters<typeof render>[0]) => readPdf((await render(model)).bytes);

/** What may stand in what. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  LI: ['L'], Lbl: ['LI'], LBody: ['LI'], THead: ['Table'], TBody: ['Table'], TR: ['THead', 'TBody'], TH: ['TR'], TD: ['TR'],
  H1: ['Document'], H2: ['Document'], H3: ['Document'], P: ['Document'], L: ['Document'], Table: ['Document'], Figure: ['Document'],
};

function misplaced(node: Node): readonly string[] {
  return node.children.flatMap((child) => {
    const isAllowed = PARENTS[child.type]?.includes(node.type) === true;
    return [...(isAllowed ? [] : [`${child.type} in ${node.type}`]), ...misplaced(child)];
  });
}

describe.each(sheetModels(40))('%s', (name, model) => {
  const pdf = pdfOf(model);

  it('says its language and title, and embeds its letters', async () => {
    const { catalog, info, fonts } = await pdf;
    expect(catalog).toContain(`/Lang (${name.endsWith('cy') ? 'cy-GB' : 'en-GB'})`);
    expect(catalog).toContain('/StructTreeRoot');
    expect(info).toMatch(/\/Title \(.{20,}/);
    expect(info).toContain('/CreationDate (D:20170630140307Z)');
    expect(fonts.map((font) => font.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual(['DejaVuSans', 'DejaVuSans-Bold']);
  });

  it('has a tag or the mark of an artifact on everything that is written', async () => {
    const { pages, tree } = await pdf;
    expect(pages.map(({ stray }) => stray)).toEqual(pages.map(() => ''));
    expect(pages.every(({ text }) => !text.includes('�'))).toBe(true);
    expect(tree.type).toBe('Document');
    expect(typesIn(tree).filter((type) => type === 'H1')).toHaveLength(1);
    expect(misplaced(tree)).toEqual([]);
  });

  it('says on every page which it is, of what and made from what', async () => {
    const { pages } = await pdf;
    for (const [n, { artifacts }] of pages.entries()) {
      expect(artifacts).toContain(name.endsWith('cy') ? `Tudalen ${n + 1} o ${pages.length}` : `Page ${n + 1} of ${pages.length}`);
      expect(artifacts).toContain(`${model.component.component} · `);
      expect(artifacts).toContain(`Position ${model.source.position} · SHA-256 ${model.source.hash}`);
    }
  });
});

describe('a table over several pages', () => {
  it('says on each further page of which centre it is, where there are several', async () => {
    const { pages, tree } = await pdfOf(formulaModel([60, 60]));
    const about = pages.map(({ artifacts }) => artifacts.match(/^6810\d(?= )/gm) ?? []);
    expect(about).toEqual([[], ['68101'], ['68101'], ['68102'], ['68102']]);
    expect(elements(tree).filter(({ type, text }) => type === 'H2' && text.startsWith('6810'))).toHaveLength(2);
  });

  it('says its heads once, and shows them on every page', async () => {
    const { pages, tree } = await pdfOf(markSheetModel(120));
    const heads = elements(tree).filter(({ type }) => type === 'TH');
    expect(heads.map(({ text }) => text)).toEqual(['Candidate', 'Name', 'Mark', 'State', 'Saved']);
    expect(heads.every(({ dictionary }) => dictionary.includes('/Scope /Column'))).toBe(true);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.slice(1).every(({ artifacts }) => artifacts.startsWith('Candidate\nName\nMark\n'))).toBe(true);
    const rows = elements(tree).filter(({ type }) => type === 'TR');
    expect(rows).toHaveLength(1 + 120 + 1);
    expect(new Set(rows.map(({ children }) => children.length))).toEqual(new Set([5]));
  });

  it('keeps a cell that is longer than a page whole in one element', async () => {
    const { tree, pages } = await pdfOf(auditReportModel(4));
    const long = elements(tree).filter(({ type, text }) => type === 'TD' && text.length > 1500);
    expect(long).toHaveLength(1);
    expect(long[0]?.text.replaceAll('\n', '').match(/dŵr, tŷ, ŵyn a ŷd/g)).toHaveLength(18);
    expect(pages.length).toBeGreaterThan(1);
  });
});

describe('words', () => {
  it('are written with ŵ and ŷ, and as figures are read', async () => {
    const { tree } = await pdfOf(formulaModel([40], 'cy'));
    const texts = elements(tree).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['FFORMIWLA', '68101 Ysgol Gyfun Rhos Ŵen a’r Tŷ', 'Goddefiant', '±3', '30 Mehefin 2017 15:03:07 GMT+1', 'Ar ôl']));
    expect(texts.some((text) => /^−15874\/16933 ≈ −0\.9375$/.test(text))).toBe(true);
  });

  it('are parted by a space where a line breaks between them', async () => {
    const { tree } = await pdfOf(markSheetModel(1));
    const centre = elements(tree).find(({ text }) => text.startsWith('68101'))?.text ?? '';
    expect(centre).toContain('\n');
    expect(centre.replaceAll('\n', '')).toBe(markSheetModel(1).centre.centre + ' ' + markSheetModel(1).centre.name);
  });

  it('that are English in a Welsh document say so', async () => {
    const { tree } = await pdfOf(formulaModel([4], 'cy'));
    const of = (text: string) => elements(tree).find((one) => one.text === text)?.dictionary ?? '';
    expect(of('least squares')).toContain('/Lang (en-GB)');
    expect(of('Goddefiant')).not.toContain('/Lang');
    expect(of('Mae rhai geiriau yn y ddogfen hon yn Saesneg yn unig.')).toContain('/S /P');
    expect(elements((await pdfOf(formulaModel([4]))).tree).some(({ dictionary }) => dictionary.includes('/Lang'))).toBe(false);
  });

  it('never fill a page alone that says so', async () => {
    for (let rows = 20; rows < 60; rows += 1) {
      const last = (await pdfOf(markSheetModel(rows, 'cy'))).pages.at(-1);
      expect([rows, last?.text]).toEqual([rows, expect.stringContaining('Cyfanswm')]);
    }
  });

  it('tell what a figure shows to whoever does not see it', async () => {
    const { tree } = await pdfOf(formulaModel([40, 0]));
    const figures = elements(tree).filter(({ type }) => type === 'Figure');
    expect(figures).toHaveLength(1);
    expect(figures[0]?.dictionary).toMatch(/\/Alt \(Centre marks across and moderator marks up, from 0 to 60: \d+ of the sample within/);
    expect(figures[0]?.dictionary).toContain('/BBox');
  });
});

describe('the controls', () => {
  it('see what is written without a tag', async () => {
    const about = { title: 'Stray', language: 'en', at: new Date(0), orientation: 'portrait' } as const;
    const { bytes } = await drawn(
      about,
      (paper) => {
        paper.write('nobody hears this', 60, 60, STYLES.body);
        paper.tag('TD', {}, () => paper.write('a cell in no row', 60, 80, STYLES.body));
      },
      () => undefined,
    );
    const { pages, tree } = readPdf(bytes);
    expect(pages[0]?.stray).toBe('nobody hears this\n');
    expect(misplaced(tree)).toEqual(['TD in Document']);
  });
});
