import type { Welsh } from '../platform/i18n/welsh.js';
import type { plainEn } from './plain.en.js';

export const plainCy: Welsh<typeof plainEn> = {
  'plain.welcome': 'Porth CBAC, fesul llinell. Gwasanaeth: {server}. Mae llinell wag yn mynd ymlaen, mae 0 yn mynd yn ôl.',
  'plain.username': 'Cyfeiriad e-bost neu rif ffôn: ',
  'plain.password': 'Cyfrinair (nis dangosir): ',
  'plain.code': 'Cod: ',
  'plain.way': '{number}. {way}.',
  'plain.choose-way': 'Rhif y ffordd, neu linell wag am y gyntaf: ',
  'plain.prove': 'Cyn gwneud hyn, profwch pwy ydych. Mae llinell wag yn rhoi’r gorau iddo.',
  'plain.approve': 'Teipiwch {number} yn eich ap Authenticator.',
  'plain.stay': 'Parhau i fod wedi’ch mewngofnodi? 1 Ydw, 2 Nac ydw: ',
  'plain.signed-in': 'Rydych wedi mewngofnodi fel {name}.',
  'plain.moderation':
    '{count, plural, one {Mae gennych # uned i’w chymedroli} other {Mae gennych # uned i’w cymedroli}}. Ni ellir gwneud hynny yma, ond gellir ei wneud ar y llinell orchymyn, fesul llinell: portal iamis --help.',
  'plain.components':
    'EMI, mewnbynnu marciau’n electronig. {count, plural, =0 {Nid oes cydran wedi’i dyrannu} one {Mae # gydran wedi’i dyrannu} two {Mae # gydran wedi’u dyrannu} few {Mae # cydran wedi’u dyrannu} many {Mae # chydran wedi’u dyrannu} other {Mae # cydran wedi’u dyrannu}} i chi.',
  'plain.component':
    '{number}. {title}. {left, number} yn weddill, {outstanding, number} heb ddod i law, {entered, number} wedi’u mewnbynnu, {submitted, number} wedi’u cyflwyno. Terfyn amser {deadline}.',
  'plain.choose-component': 'Rhif y gydran, neu 0 i adael: ',
  'plain.what': '1 mewnbynnu marciau, 2 cyflwyno marciau, 0 yn ôl: ',
  'plain.sheet': '{number}. Canolfan {centre}, {name}. {left, number} yn weddill, {entered, number} wedi’u mewnbynnu, {submitted, number} wedi’u cyflwyno.',
  'plain.choose-sheet': 'Rhif y daflen farciau, neu 0 i fynd yn ôl: ',
  'plain.sheet-open':
    'Canolfan {centre}, {name}. Marciau o 0 i {maximum}. Teipiwch farc, ABS am absennol, CLEAR i ddileu marc, llinell wag am yr ymgeisydd nesaf, # a rhif i fynd at yr ymgeisydd hwnnw, back i adael y daflen.',
  'plain.candidate': 'Ymgeisydd {candidate}{name, select, none {} other {, {name}}}{mark, select, none {} other {, nawr {mark}}}: ',
  'plain.taken': 'Ymgeisydd {candidate}: derbyniwyd {mark}.',
  'plain.taken-extreme':
    'Ymgeisydd {candidate}: derbyniwyd {mark}. Mae’n {mark, select, 0 {sero} other {farciau llawn}}: caiff ei gadarnhau pan fyddwch yn cyflwyno.',
  'plain.malformed': 'Ni dderbyniwyd: nid marc yw {typed}. Digidau yn unig, ABS neu CLEAR.',
  'plain.not-half': 'Ni dderbyniwyd: ni ddefnyddir hanner marciau yma.',
  'plain.out-of-range': 'Ni dderbyniwyd: yr uchafswm yw {maximum}.',
  'plain.locked': 'Mae marc ymgeisydd {candidate} wedi’i gyflwyno a’i gloi.',
  'plain.unknown-candidate': 'Nid oes ymgeisydd {candidate} ar y daflen hon.',
  'plain.refused': 'Ymgeisydd {candidate}, {mark}: gwrthodwyd. {why}',
  'plain.sheet-end': 'Diwedd y daflen. {entered, number} wedi’u mewnbynnu, {blank, number} yn weddill.',
  'plain.waiting': 'Yn anfon yr hyn a fewnbynnwyd …',
  'plain.not-sent':
    '{count, plural, one {Ni fu modd anfon # marc eto. Fe’i cedwir} two {Ni fu modd anfon # farc eto. Fe’u cedwir} other {Ni fu modd anfon # marc eto. Fe’u cedwir}} ar y cyfrifiadur hwn; cyflwynwch yn nes ymlaen.',
  'plain.summary':
    '{marks, plural, two {# farc} other {# marc}}, {absent, number} absennol, ar {sheets, plural, one {# daflen farciau} two {# daflen farciau} many {# thaflen farciau} other {# taflen farciau}}. Cyfanswm y marciau {total, number}.',
  'plain.not-taken':
    '{count, plural, one {Gwrthodwyd # gwerth, ac nid yw wedi’i gofnodi} two {Gwrthodwyd # werth, ac nid ydynt wedi’u cofnodi} other {Gwrthodwyd # gwerth, ac nid ydynt wedi’u cofnodi}}: {list}.',
  'plain.unconfirmed': 'Sero neu farciau llawn, a gadarnheir wrth gyflwyno: {list}.',
  'plain.confirm': 'Teipiwch y gair cyflwyno i’w cyflwyno; llinell wag os nad ydych am wneud hynny eto: ',
  'plain.confirm-word': 'cyflwyno',
  'plain.not-submitted': 'Ni chyflwynwyd dim.',
  'plain.not-a-choice': 'Nid yw hwnnw’n un o’r dewisiadau.',
  'plain.goodbye': 'Da boch chi.',
};
