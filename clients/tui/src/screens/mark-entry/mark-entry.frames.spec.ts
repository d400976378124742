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
    const marker = busy();
    marker.size = { columns: 140, rows: 12 };
    marker.press('34\r').record().press('85\r').press('A').keep().press('12\r7');
    expect(`\n${marker.screen()}\n`).toBe(`
 68101 Ysgol Cwm Derwen · 9521/01 LATIN LANGUAGE CORE: LEVEL 2                                                                   maximum 80
 5/6 · 2 left · 1 error · 2 unsaved · total 101 · online · last saved –
   Cand. Name                                           Mark  State              Saved
   0001  Aled Bevan                                       34  ✓ saved            12:00
   0002  Si�]52;c;ZXZpbA==�ân� Jones                      85  ! not taken
   0003  Bethan Wyn Llewellyn-Griffiths the Thir…        ABS  · queued
   0004  Huw Rees                                         12    keeping
 ▸ 0005  Nia Price                                        7_  … typing
   0006  Owain Pugh                                       55  = submitted        09:05


   3 entered · 1 absent · 2 blank · total 101
`);
  });
});
