import type { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Component, IamisSample } from '@portal/contract';
import { usernameKey, usernames } from '@portal/domain';
import type { CommandContext } from '@portal/event-store';
import { AllocateModerators } from '../features/admin/allocate-moderators.js';
import { ImportCentreMarks } from '../features/admin/import-centre-marks.js';
import { NameCentres } from '../features/admin/name-centres.js';
import { PlaceTeam } from '../features/admin/place-team.js';
import { PutComponent } from '../features/admin/put-component.js';
import { RegisterCandidates } from '../features/admin/register-candidates.js';
import { ReviewMark } from '../features/moderation/review-mark.js';
import { CentreSample } from '../features/moderation/sample.query.js';
import { SaveReport } from '../features/moderation/save-report.js';
import { SubmitModeration } from '../features/moderation/submit-moderation.js';
import type { Views } from '../platform/views.js';
import type { DemoCentre, DemoUnit } from './demo-units.js';

export interface UnitServices {
  readonly commands: CommandBus;
  readonly queries: QueryBus;
  readonly views: Views;
  /** Always the same for a name: a start after a crash records only what is missing. */
  readonly contextOf: (name: string) => CommandContext;
}

/** As an administrator sets a unit up; then what its moderators have done so far. */
export async function loadUnit(services: UnitServices, unit: DemoUnit): Promise<void> {
  const { component, team, centres, ...settings } = unit;
  const context = (name: string): CommandContext => services.contextOf(`${component}/${name}`);
  const run = async (command: object): Promise<void> => recorded(await services.commands.execute<object, object>(command));
  const wanted: Component = { component, kind: 'IAMIS', halfMarks: false, ...settings, titles: { ...settings.titles } };
  await run(new PutComponent(wanted, context('component')));
  await run(new PlaceTeam(component, team.map(teamRow), false, context('team')));
  await run(new NameCentres(centres.map(({ centre, name }) => ({ CentreNo: centre, Name: name })), false, context('centres')));
  await run(new RegisterCandidates(centres.flatMap((one) => people(one, settings.series)), false, context('candidates')));
  const moderators = centres.map(({ centre, moderator }) => ({ CentreNo: centre, Moderator: moderator }));
  await run(new AllocateModerators(component, moderators, false, context('allocations')));
  const how = { dryRun: false, submit: true, seed: component };
  await run(new ImportCentreMarks(component, centres.flatMap(markRows), how, context('centre-marks')));
  await services.views.caughtUp();
  for (const centre of centres) await moderate(services, component, centre);
}

async function moderate(services: UnitServices, component: string, { centre, moderator, reviewed }: DemoCentre): Promise<void> {
  if (reviewed === undefined) return;
  const actor = (await services.views.get(usernames, usernameKey(moderator)))?.account;
  if (actor === undefined) throw new Error(`the demo has no ${moderator}`);
  const at = { component, centre };
  const context = (name: string): CommandContext => ({ ...services.contextOf(`${component}/${centre}/${name}`), actor, capacity: 'moderator' });
  const query = new CentreSample(at, { role: 'moderator', member: undefined, accounts: 'all' });
  const { candidates } = await services.queries.execute<CentreSample, IamisSample>(query);
  const marks = reviewed(candidates.map(({ centreMark }) => Number(centreMark)));
  const entered = candidates.map(({ candidate }, n) => {
    return services.commands.execute<object, object>(new ReviewMark(at, { candidate }, { mark: String(marks[n]) }, context(candidate)));
  });
  for (const answer of await Promise.all(entered)) recorded(answer);
  const report = { language: 'en', ...REPORT, complete: true } as const;
  recorded(await services.commands.execute<object, object>(new SaveReport(at, report, context('report'))));
  recorded(await services.commands.execute<object, object>(new SubmitModeration(at, context('submission'))));
}

/** The sentences of nobody: what a demo needs to be complete. */
const REPORT = {
  accuracy: 'The marks were compared with the scheme, candidate by candidate.',
  administration: 'The forms were complete and in order.',
  tasks: 'The tasks suited the candidates.',
};

function recorded(answer: object): void {
  const refused = 'refused' in answer ? [answer.refused].flat() : [];
  if (refused.length > 0 || 'failed' in answer) throw new Error(`the demo could not be loaded: ${JSON.stringify(answer)}`);
}

const teamRow = ({ person, role, senior }: DemoUnit['team'][number]) => ({ Person: person, Role: role, ...(senior && { Senior: senior }) });

const number = (at: number): string => String(at + 1).padStart(4, '0');

const people = ({ centre, names }: DemoCentre, series: string) =>
  names.map((Name, at) => ({ Series: series, CentreNo: centre, CandidateNo: number(at), UCI: `${centre}0176${number(at)}`.slice(0, 13), Name }));

const markRows = ({ centre, marks }: DemoCentre) => marks.map((Mark, at) => ({ CentreNo: centre, CandidateNo: number(at), Mark }));
