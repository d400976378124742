/** How a component may be set up and changed while marks come in. */
import type { Decider, Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { TextReference } from '../text.js';
import type { ComponentEvent, ComponentSettings } from './events.js';
import type { ComponentRefusal } from './refusal.js';
import { isInstant, malformedSetting } from './settings.js';
import type { Component } from './state.js';
import { deadlineOf, evolve, initial } from './state.js';

interface OfMarks {
  readonly component: string;
  /** The highest mark entered on any sheet, in points; absent where there is none yet. */
  readonly highestEntered?: number;
}

export type ComponentCommand =
  /** The first time it defines; after that it changes whatever is given and differs. */
  | ({ readonly type: 'DefineComponent'; readonly settings: ComponentSettings } & OfMarks)
  | ({ readonly type: 'ChangeSettings'; readonly to: Partial<ComponentSettings> } & OfMarks)
  | {
      readonly type: 'ExtendDeadline';
      readonly component: string;
      /** An examiner's account; everybody where absent. */
      readonly who?: string;
      readonly until: string;
      readonly reason: TextReference;
    };

type Decided = Decision<ComponentEvent, ComponentRefusal>;
type ExtendDeadline = Extract<ComponentCommand, { type: 'ExtendDeadline' }>;

export const component: Decider<ComponentCommand, ComponentEvent, Component, ComponentRefusal> = {
  initial,
  decide,
  evolve,
};

function decide(command: ComponentCommand, state: Component): Decided {
  switch (command.type) {
    case 'DefineComponent':
      return defineComponent(command, command.settings, state);
    case 'ChangeSettings':
      return changeSettings(command, command.to, state);
    case 'ExtendDeadline':
      return extendDeadline(command, state);
  }
}

function defineComponent(about: OfMarks, settings: ComponentSettings, state: Component): Decided {
  if (state.settings !== undefined) return changeSettings(about, settings, state);
  const malformed = malformedSetting(about.component, settings);
  if (malformed !== undefined) return refuse({ reason: 'SettingMalformed', field: malformed });
  return accept({ type: 'ComponentDefined', data: { component: about.component, ...settings } });
}

function changeSettings(about: OfMarks, wanted: Partial<ComponentSettings>, state: Component): Decided {
  const { settings } = state;
  if (settings === undefined) return refuse({ reason: 'ComponentUnknown', component: about.component });
  const names = (Object.keys(wanted) as (keyof ComponentSettings)[]).filter(
    (name) => wanted[name] !== undefined && !same(wanted[name], settings[name]),
  );
  if (names.length === 0) return accept();
  const refused = unsuitable(about, { ...settings, ...picked(wanted, names) }, settings);
  if (refused !== undefined) return refuse(refused);
  const data = { component: about.component, to: picked(wanted, names), from: picked(settings, names) };
  return accept({ type: 'ComponentSettingChanged', data });
}

/** Kind and unit of marks are what events already recorded rest on: they stay once a mark is entered. */
function unsuitable(
  { component: id, highestEntered: highest }: OfMarks,
  after: ComponentSettings,
  before: ComponentSettings,
): ComponentRefusal | undefined {
  const field = malformedSetting(id, after);
  if (field !== undefined) return { reason: 'SettingMalformed', field };
  if (after.kind !== before.kind) return { reason: 'SettingMalformed', field: 'kind' };
  if (highest === undefined) return undefined;
  if (after.halfMarks !== before.halfMarks) return { reason: 'SettingMalformed', field: 'halfMarks' };
  return after.maximum < highest ? { reason: 'MaximumBelowMark', highest } : undefined;
}

function extendDeadline({ component: id, who, until, reason }: ExtendDeadline, state: Component): Decided {
  const from = deadlineOf(state, who);
  if (from === undefined) return refuse({ reason: 'ComponentUnknown', component: id });
  if (!isInstant(until)) return refuse({ reason: 'SettingMalformed', field: 'until' });
  if (until === from) return accept();
  if (Date.parse(until) < Date.parse(from)) return refuse({ reason: 'SettingMalformed', field: 'until' });
  const whose = who === undefined ? {} : { who };
  return accept({ type: 'DeadlineExtended', data: { component: id, ...whose, until, from, reason } });
}

function picked(
  settings: Partial<ComponentSettings>,
  names: readonly (keyof ComponentSettings)[],
): Partial<ComponentSettings> {
  const present = names.filter((name) => settings[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, settings[name]]));
}

/** Settings are plain values; titles may come with their names in either order. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
