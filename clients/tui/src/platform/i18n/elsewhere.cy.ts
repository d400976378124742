import type { Welsh } from './welsh.js';
import type { elsewhereEn } from './elsewhere.en.js';

export const elsewhereCy: Welsh<typeof elsewhereEn> = {
  'elsewhere.page.signed-in': 'Rydych wedi mewngofnodi',
  'elsewhere.page.close': 'Cewch gau’r ffenestr hon.',
  'elsewhere.page.refused': 'Nid ydych wedi mewngofnodi',
  'elsewhere.page.again': 'Gwrthodwyd y mewngofnodi. Ewch yn ôl i’r Porth a dechreuwch eto; cewch gau’r ffenestr hon.',
  'elsewhere.browser.how': 'Mewngofnodwch ym mhorwr y cyfrifiadur hwn. Os nad yw wedi agor, agorwch y cyfeiriad hwn ynddo:',
  'elsewhere.device.how': 'Ar ddyfais arall, agorwch y cyfeiriad hwn:',
  'elsewhere.device.code': 'a rhowch y cod {code} yno.',
  'elsewhere.device.care': 'Rhowch ef dim ond os mai chi eich hun a ddechreuodd y mewngofnodi hwn.',
  'elsewhere.open.provider': 'Gall y darparwr ({provider}) eich cadw wedi’ch mewngofnodi yn y porwr: allgofnodwch yno hefyd.',
  'elsewhere.open.amp':
    'Rydych yn dal wedi’ch mewngofnodi i AMP ar y ddyfais hon: mae’n agor y Porth heb gwestiynau. I ddod â hynny i ben hefyd: portal amp sign-out',
  'elsewhere.until': 'Tan {time}.',
  'problem.code-missing': 'Mae angen cod: ar ail linell y mewnbwn safonol, neu gyda --factor sms ar ôl iddo gyrraedd.',
  'problem.way-unavailable': 'Nid yw’r Porth hwn yn cynnig y ffordd honno o fewngofnodi.',
  'problem.sign-in-denied': 'Gwrthodwyd y mewngofnodi yno, gennych chi neu gan eich sefydliad.',
  'problem.sign-in-expired': 'Mae’r amser ar gyfer y mewngofnodi hwn wedi dod i ben. Dechreuwch eto.',
  'problem.sign-in-given-up': 'Rhoddwyd y gorau i’r mewngofnodi.',
  'problem.device-blocked': 'Nid yw eich sefydliad yn caniatáu mewngofnodi â chod ar ddyfais arall. Mewngofnodwch ym mhorwr y cyfrifiadur hwn yn lle hynny.',
};
