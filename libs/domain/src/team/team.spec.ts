import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../decider.js';
import { given } from '../testing.js';
import type { TeamCommand } from './decide.js';
import { team } from './decide.js';
import type { TeamEvent, TeamRole } from './events.js';
import { isSenior, juniorsOf, rolesOf } from './state.js';

const component = '9521/01@2017-01';
const place = (person: string, role: string, senior?: string): TeamCommand => ({
  type: 'PlaceMember',
  component,
  person,
  role,
  ...(senior === undefined ? {} : { senior }),
});
const placed = (person: string, role: TeamRole, senior?: string): TeamEvent => ({
  type: 'TeamMemberPlaced',
  data: { component, person, role, ...(senior === undefined ? {} : { senior }) },
});
const removed = (person: string, role: TeamRole): TeamEvent => ({
  type: 'TeamMemberRemoved',
  data: { component, person, role },
});

const top = placed('pam', 'principal');
const leader = placed('lou', 'team-leader', 'pam');
const examiner = placed('eli', 'examiner', 'lou');
const past = [top, leader, examiner];

describe('a team', () => {
  it('is placed from the top', () => {
    given(team, []).when(place('pam', 'principal')).records([top]);
    given(team, [top])
      .when(place('lou', 'team-leader', 'pam'))
      .records([leader]);
    given(team, past)
      .when(place('lou', 'team-leader', 'pam'))
      .recordsNothing();
    given(team, [top])
      .when(place('eli', 'examiner', 'lou'))
      .refuses({ reason: 'PersonUnknown', person: 'lou' });
    given(team, []).when(place('pam', 'headmaster')).refuses({ reason: 'RoleUnknown', role: 'headmaster' });
    given(team, []).when(place('pam', 'toString')).refuses({ reason: 'RoleUnknown', role: 'toString' });
  });

  it('has nobody above who stands no higher', () => {
    given(team, [top, placed('lea', 'team-leader', 'pam')])
      .when(place('lou', 'team-leader', 'lea'))
      .refuses({ reason: 'NotSenior', person: 'lea' });
  });

  it('never goes in a circle', () => {
    given(team, past)
      .when(place('pam', 'examiner', 'lou'))
      .refuses({ reason: 'TeamCycle', person: 'lou' });
    given(team, past)
      .when(place('lou', 'examiner', 'lou'))
      .refuses({ reason: 'TeamCycle', person: 'lou' });
  });

  it('lets a person hold several roles and leave one of them', () => {
    given(team, past)
      .when(place('lou', 'examiner', 'pam'))
      .records([placed('lou', 'examiner', 'pam')]);
    const both = fold(team, [...past, placed('lou', 'examiner', 'pam')]);
    expect(rolesOf(both, 'lou')).toEqual(['examiner', 'team-leader']);
    const command = { type: 'RemoveMember', component, person: 'lou', role: 'team-leader' } as const;
    given(team, past)
      .when(command)
      .records([removed('lou', 'team-leader')]);
    given(team, [top]).when(command).recordsNothing();
  });

  it('brings nobody back over those they stood over before they left', () => {
    const left = [...past, removed('lou', 'team-leader')];
    given(team, left)
      .when(place('lou', 'examiner', 'eli'))
      .refuses({ reason: 'NotSenior', person: 'eli' });
    const back = fold(team, [...left, placed('lou', 'team-leader', 'pam')]);
    expect(isSenior(back, 'lou', 'eli')).toBe(false);
  });

  it('knows who stands over whom', () => {
    const state = fold(team, past);
    expect(isSenior(state, 'pam', 'eli')).toBe(true);
    expect(isSenior(state, 'lou', 'eli')).toBe(true);
    expect(isSenior(state, 'eli', 'lou')).toBe(false);
    expect(isSenior(state, 'eli', 'eli')).toBe(false);
    expect(isSenior(state, 'nobody', 'eli')).toBe(false);
    expect(juniorsOf(state, 'pam')).toEqual(['lou', 'eli']);
    const chaired = fold(team, [...past, placed('chad', 'chair'), placed('cora', 'chair')]);
    expect(juniorsOf(chaired, 'chad')).toEqual(['pam', 'lou', 'eli']);
    const broken = fold(team, [...past, removed('lou', 'team-leader')]);
    expect(isSenior(broken, 'lou', 'eli')).toBe(false);
    expect(isSenior(broken, 'pam', 'eli')).toBe(false);
  });

  const person = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const role = fc.constantFrom('examiner', 'moderator', 'team-leader', 'principal', 'chair');
  const command = fc
    .record({
      type: fc.constantFrom('PlaceMember', 'PlaceMember', 'RemoveMember'),
      component: fc.constant(component),
      person,
      role,
      senior: fc.option(person, { nil: undefined }),
    })
    .map((one) => JSON.parse(JSON.stringify(one)) as TeamCommand);

  it('is a tree after any commands, and a command repeated records nothing', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40, size: 'max' }), (commands) => {
        let state = team.initial;
        for (const asked of commands) {
          const decision = team.decide(asked, state);
          if ('refused' in decision) continue;
          state = fold(team, decision.accepted, state);
          if (decision.accepted.length > 0) expect(team.decide(asked, state)).toEqual({ accepted: [] });
          for (const one of state.members.keys()) {
            for (const other of state.members.keys()) {
              expect(isSenior(state, one, other) && isSenior(state, other, one)).toBe(false);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
