import { describe, expect, it } from '@jest/globals';
import { candidate, Marker, sheetOfSize } from './testing.js';

const RLO = '\u202e';
const OSC = '\u001b]52;c;ZXZpbA==\u0007';

function busy(): Marker {
  const names = ['Aled Bevan', `Si${OSC}ân${RLO} Jones`, 'Bethan Wyn Llewellyn-Griffiths the Third of Aberystwyth', 'Huw Rees', 'Nia Price', 'Owain Pugh'];
  const candidates = names.map((name, index) => candidate(index, index === 5 ? { name, state: 'submitted', mark: 55, savedAt: '2017-01-30T09:05:00Z' } : { name }));
  return new Marker(sheetOfSize(6, { candidates }));
}

describe('whole frames of the grid', () => {
  it('80×24: opened, until the first key', () => {
    expect(`\n${busy().screen()}\n`).toBe(`
 68101 Ysgol Cwm Derwen · 9521/01 LATIN LANGUAGE CORE: LEVEL 2       maximum 80
 1/6 · 5 left · 0 errors · 0 unsaved · total 55 · online · last saved –

   CENTRE  6 8 1 0 1   YSGOL CWM DERWEN

   Cand. Name                                    Mark  State              Saved
 ▸ 0001  Aled Bevan                                      blank
   0002  Si�]52;c;ZXZpbA==�ân� Jones                     blank
   0003  Bethan Wyn Llewellyn-Griffiths t…               blank
   0004  Huw Rees                                        blank
   0005  Nia Price                                       blank
   0006  Owain Pugh                                55  = submitted        09:05







   1 entered · 0 absent · 5 blank · total 55
`);
  });

  it('140×44: every state of a row at once', () => {
    const marker = everyState();
    marker.size = { columns: 140, rows: 40 };
    expect(`\n${marker.screen()}\n`).toBe(`
 68101 Ysgol Cwm Derwen · 9521/01 LATIN LANGUAGE CORE: LEVEL 2                                                                   maximum 80
 9/11 · 2 left · 1 outstanding · 2 errors · 2 unsaved · total 143 · online · last saved –
   Cand. Name                                           Mark  State              Saved
   0001  Aled Bevan                                       34  ✓ saved            12:00
   0002  Si�]52;c;ZXZpbA==�ân� Jones                      85  ! not taken
   0003  Bethan Wyn Llewellyn-Griffiths the Thir…        ABS  · queued
   0004  Huw Rees                                         61  # conflict         11:30
   0005  Nia Price                                         0  ✓ to confirm       12:00
   0006  Owain Pugh                                       26    keeping
   0007                                                       = not yours now
   0008                                                   12  ✓ saved v s        09:00
 ▸ 0009                                                   4_  … typing
   0010                                                   55  = submitted        09:05
   0011                                                       ? outstanding

























   6 entered · 1 absent · 2 blank · total 143
`);
  });

  it('80×24: nothing of the status is cut off, however much there is to say', () => {
    const candidates = Array.from({ length: 5_000 }, (_, index) => candidate(index, index < 12 ? { state: 'outstanding', reason: 'lost' } : {}));
    const marker = new Marker(sheetOfSize(5_000, { candidates }));
    marker.tell({ type: 'key', key: { kind: 'paste', text: ['85', ...Array.from({ length: 2_000 }, () => '79')].join('\n') } });
    marker.press('\r').tell({ type: 'status', status: { connection: 'signed-out', queued: 2_000, lastAcknowledgedAt: '2017-01-30T11:58:00Z' } });
    expect(marker.screen().split('\n')[1]).toBe(' 2002/5000 2,999 left 12 out 0 err 1,989 uns total 157,131 SIGNED OUT 11:58');
    expect(marker.screen('cy').split('\n')[1]).toBe(' 2002/5000 2,999 ar ôl 12 i ddod 0 gw. 1,989 aros swm 157,131 ALLGOFNODWYD 11:58');
  });

  it('80×24: every state of a row at once, in Welsh', () => {
    expect(`\n${everyState().screen('cy')}\n`).toBe(`
 68101 Ysgol Cwm Derwen · 9521/01 IAITH LADIN GRAIDD: LEFEL 2       uchafswm 80
 9/11 · 2 ar ôl · 1 i ddod · 2 wall · 2 heb eu cadw · swm 143 · ar-lein · –
   Ymg.  Enw                                     Marc  Statws             Cadwyd
   0001  Aled Bevan                                34  ✓ cadwyd           12:00
   0002  Si�]52;c;ZXZpbA==�ân� Jones               85  ! gwrthodwyd
   0003  Bethan Wyn Llewellyn-Griffiths t…        ABS  · mewn ciw
   0004  Huw Rees                                  61  # gwrthdaro        11:30
   0005  Nia Price                                  0  ✓ cadarnhau?       12:00
   0006  Owain Pugh                                26    yn cadw
   0007                                                = i rywun arall
   0008                                            12  ✓ cadwyd v s       09:00
 ▸ 0009                                            4_  … yn teipio
   0010                                            55  = cyflwynwyd       09:05
   0011                                                ? heb ddod i law





   6 â marc · 1 absennol · 2 gwag · cyfanswm 143
`);
  });
});

/** Saved, not taken, absent and queued, keeping, in conflict, reallocated, verified and flagged, typing, submitted, outstanding. */
function everyState(): Marker {
  const names = ['Aled Bevan', `Si${OSC}ân${RLO} Jones`, 'Bethan Wyn Llewellyn-Griffiths the Third of Aberystwyth', 'Huw Rees', 'Nia Price', 'Owain Pugh'];
  const candidates = Array.from({ length: 11 }, (_, index) => candidate(index, { name: names[index] ?? '', revision: index }));
  candidates[7] = { ...candidates[7]!, state: 'entered', mark: 12, savedAt: '2017-01-30T09:00:00Z', verified: true, flagged: true };
  candidates[9] = { ...candidates[9]!, state: 'submitted', mark: 55, savedAt: '2017-01-30T09:05:00Z' };
  candidates[10] = { ...candidates[10]!, state: 'outstanding', reason: 'lost in the post' };
  const marker = new Marker(sheetOfSize(11, { candidates })).press('34\r').record().press('85\rA').keep();
  const absent = marker.sent.splice(0);
  marker.press('61\r').refuse({ type: 'changed-elsewhere', mark: 16, revision: 900, by: 'PORTAL Team Leader', at: '2017-01-30T11:30:00Z' });
  marker.press('0\r').record().press('26\r').sent.unshift(...absent);
  const stands = marker.state.rows.map(({ saved }) => saved).filter((one) => one.candidate !== '0007');
  marker.tell({ type: 'loaded', sheet: sheetOfSize(10, { candidates: stands }), queued: [], refused: [] });
  return marker.press('/9\r').press('4');
}
