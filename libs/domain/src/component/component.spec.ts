import { describe, expect, it } from '@jest/globals';
import { given } from '../testing.js';
import type { ComponentCommand } from './decide.js';
import { component } from './decide.js';
import type { ComponentEvent, ComponentSettings } from './events.js';
import { moderatingOf } from './moderating.js';
import { componentId, seriesOf } from './settings.js';

const id = '9521/01@2017-01';
const settings: ComponentSettings = {
  kind: 'EMI',
  series: 'January 2017',
  qualification: 'GCSE',
  titles: { en: 'LATIN LANGUAGE CORE: LEVEL 2', cy: 'IAITH LADIN CRAIDD: LEFEL 2' },
  maximum: 80,
  halfMarks: false,
  deadline: '2017-02-12T23:59:00Z',
};
const defined: ComponentEvent = { type: 'ComponentDefined', data: { component: id, ...settings } };
const define = (more: Partial<ComponentSettings> = {}, highestEntered?: number): ComponentCommand => ({
  type: 'DefineComponent',
  component: id,
  settings: { ...settings, ...more },
  ...(highestEntered === undefined ? {} : { highestEntered }),
});

const LATE_POST = { text: '51c0', sha256: 'ab'.repeat(32) };

describe('a component', () => {
  it('is defined once and changed by what differs', () => {
    given(component, []).when(define()).records([defined]);
    given(component, [defined]).when(define()).recordsNothing();
    given(component, [defined])
      .when(define({ titles: { cy: settings.titles.cy, en: settings.titles.en } }))
      .recordsNothing();
    const changed: ComponentEvent = {
      type: 'ComponentSettingChanged',
      data: { component: id, to: { maximum: 90, tolerance: 4 }, from: { maximum: 80 } },
    };
    given(component, [defined])
      .when(define({ maximum: 90, tolerance: 4 }))
      .records([changed]);
    given(component, [defined, changed])
      .when(define({ maximum: 90, tolerance: 4 }))
      .recordsNothing();
    given(component, [])
      .when({ type: 'ChangeSettings', component: id, to: { maximum: 90 } })
      .refuses({ reason: 'ComponentUnknown', component: id });
  });

  it.each<[string, Partial<ComponentSettings>]>([
    ['series', { series: 'June 2017' }],
    ['qualification', { qualification: ' ' }],
    ['titles', { titles: { en: 'LATIN', cy: '' } }],
    ['maximum', { maximum: 0 }],
    ['maximum', { maximum: 80.5 }],
    ['maximum', { maximum: 1001 }],
    ['deadline', { deadline: '12 Feb 2017' }],
    ['deadline', { deadline: '2017-13-12T23:59:00Z' }],
    ['tolerance', { tolerance: 0 }],
    ['sampleRule', { sampleRule: 'jcq' as 'jcq-2026' }],
    ['method', { method: 'guess' as 'ols' }],
    ['lambda', { lambda: '0' }],
    ['anchors', { anchors: [{ at: 81, difference: 1 }] }],
    ['policies', { policies: ['be-kind'] }],
    ['policies', { policies: ['zeros-in-sample', 'zeros-in-sample'] }],
  ])('refuses a wrong %s', (field, more) => {
    given(component, []).when(define(more)).refuses({ reason: 'SettingMalformed', field });
    given(component, [defined]).when(define(more)).refuses({ reason: 'SettingMalformed', field });
  });

  it('never falls below a mark that is entered, and keeps what marks rest on', () => {
    given(component, [defined])
      .when(define({ maximum: 70 }, 71))
      .refuses({ reason: 'MaximumBelowMark', highest: 71 });
    given(component, [defined])
      .when(define({ maximum: 71 }, 71))
      .records([
        {
          type: 'ComponentSettingChanged',
          data: { component: id, to: { maximum: 71 }, from: { maximum: 80 } },
        },
      ]);
    given(component, [defined])
      .when(define({ halfMarks: true }, 0))
      .refuses({ reason: 'SettingMalformed', field: 'halfMarks' });
    given(component, [defined])
      .when(define({ kind: 'IAMIS' }))
      .refuses({ reason: 'SettingMalformed', field: 'kind' });
  });

  it('changes how it is moderated by one event a change, and has what is usual before that', () => {
    const iamis = { ...settings, kind: 'IAMIS' as const };
    const past: ComponentEvent[] = [{ type: 'ComponentDefined', data: { component: id, ...iamis } }];
    expect(moderatingOf(iamis)).toEqual({
      rule: 'jcq-classic',
      withZeros: false,
      maximum: 80,
      halfMarks: false,
      settings: { tolerance: 4, method: 'ols' },
    });
    const to = {
      sampleRule: 'jcq-2026',
      tolerance: 3,
      method: 'piecewise',
      lambda: '0.5',
      anchors: [{ at: 40, difference: -2 }],
      policies: ['use-moderator-marks', 'zeros-in-sample'],
    } as const;
    const change = { type: 'ChangeSettings', component: id, to } as const;
    const changed: ComponentEvent = { type: 'ComponentSettingChanged', data: { component: id, to, from: {} } };
    given(component, past).when(change).records([changed]);
    given(component, [...past, changed]).when(change).recordsNothing();
    const { sampleRule: rule, policies: _, ...rest } = to;
    expect(moderatingOf({ ...iamis, ...to })).toEqual({
      rule,
      withZeros: true,
      maximum: 80,
      halfMarks: false,
      settings: { ...rest, useModeratorMarks: true },
    });
  });

  it('extends a deadline for everybody or for one, never shortens it', () => {
    const extend = {
      type: 'ExtendDeadline',
      component: id,
      until: '2017-02-14T12:00:00Z',
      reason: LATE_POST,
    } as const;
    const extended: ComponentEvent = {
      type: 'DeadlineExtended',
      data: { component: id, until: extend.until, from: settings.deadline, reason: LATE_POST },
    };
    given(component, [defined]).when(extend).records([extended]);
    given(component, [defined, extended]).when(extend).recordsNothing();
    given(component, [defined])
      .when({ ...extend, until: '2017-02-01T12:00:00Z' })
      .refuses({ reason: 'SettingMalformed', field: 'until' });
    given(component, [defined, extended])
      .when({ ...extend, who: 'anna', until: '2017-02-20T12:00:00Z' })
      .records([
        {
          type: 'DeadlineExtended',
          data: {
            component: id,
            who: 'anna',
            until: '2017-02-20T12:00:00Z',
            from: extend.until,
            reason: LATE_POST,
          },
        },
      ]);
    given(component, []).when(extend).refuses({ reason: 'ComponentUnknown', component: id });
  });

  it('is named by code and series', () => {
    expect(componentId('9521/01', 'January 2017')).toBe(id);
    expect(seriesOf(id)).toBe('January 2017');
    expect(componentId('9521/01', 'May 2017')).toBeUndefined();
    expect(seriesOf('9521/01@2017-05')).toBeUndefined();
    given(component, [])
      .when({ ...define(), component: '9521/01' })
      .refuses({ reason: 'SettingMalformed', field: 'component' });
  });
});
