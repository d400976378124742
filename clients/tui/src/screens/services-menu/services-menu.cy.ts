import type { Welsh } from '../../platform/i18n/welsh.js';
import type { servicesMenuEn } from './services-menu.en.js';

export const servicesMenuCy: Welsh<typeof servicesMenuEn> = {
  'services-menu.title': 'Pob gwasanaeth',
  'services-menu.section.examinations-and-assessments': 'Arholiadau ac Asesiadau',
  'services-menu.section.audit': 'Archwilio',
  'services-menu.section.administration': 'Gweinyddu',
  'services-menu.section.account': 'Eich cyfrif',
  'services-menu.service.emi': 'EMI: Mewnbynnu Marciau',
  'services-menu.service.iamis': 'IAMIS: Mewnbynnu Marciau',
  'services-menu.service.documents': 'Dogfennau',
  'services-menu.service.audit': 'Archwilio',
  'services-menu.service.administration': 'Gweinyddu',
  'services-menu.service.account': 'Fy sesiynau',
  'services-menu.service.sign-out': 'Allgofnodi',
  'services-menu.waiting.emi': '{count, plural, =0 {dim yn weddill} other {{count, number} yn weddill}}',
  'services-menu.waiting.iamis': '{count, plural, =0 {dim i’w adolygu} other {{count, number} yn weddill}}',
  'services-menu.waiting.documents': '{count, plural, =0 {dim yn barod} one {# ddogfen yn barod} two {# ddogfen yn barod} other {# dogfen yn barod}}',
  'services-menu.waiting.audit': '',
  'services-menu.waiting.administration': '',
  'services-menu.about.emi': 'Mewnbynnu marciau papurau a farcir yn allanol ar eich taflenni marciau electronig, a’u cyflwyno.',
  'services-menu.about.iamis':
    'Cymedroli unedau a asesir yn fewnol: adolygu samplau eich canolfannau, ysgrifennu’r adroddiadau, gweld y canlyniadau a’u cymeradwyo.',
  'services-menu.about.documents':
    'Y taflenni fformiwla, y taflenni marciau, y derbynebau, yr adroddiadau a’r allforion y gofynnoch amdanynt: gweld pa mor bell y maent; eu hagor, eu cadw neu eu hargraffu.',
  'services-menu.about.audit':
    'Y log mewngofnodi: pwy a fewngofnododd, â beth, a beth a wrthodwyd. Bydd modd chwilio, a gweld y sefyllfa ar adeg gynharach, mewn fersiwn ddiweddarach; heddiw: portal history CYDRAN CANOLFAN YMGEISYDD.',
  'services-menu.about.administration': 'Bydd y gweinyddu’n agor yma mewn fersiwn ddiweddarach. Heddiw fe’i gwneir ar y llinell orchymyn: portal admin --help.',
  'services-menu.about.account':
    'Ble rydych wedi mewngofnodi, a’r hyn y gofynnir amdano yn ogystal â’ch cyfrinair: ei weld, ei newid, a dod â’r hyn nad yw’n eiddo i chi i ben.',
  'services-menu.about.sign-out': 'Dod â’r sesiwn hon i ben ar y ddyfais hon. Mae marciau sydd heb eu hanfon eto yn aros ar y cyfrifiadur hwn.',
  'services-menu.key.account': 'Fy sesiynau a’r ffyrdd o brofi pwy ydw i',
  'services-menu.later': 'Bydd y gwasanaeth hwnnw’n agor yma mewn fersiwn ddiweddarach.',
  'services-menu.none': 'Nid oes gwasanaeth ar agor i’r cyfrif hwn. Gofynnwch i weinyddwr y Porth.',
};
