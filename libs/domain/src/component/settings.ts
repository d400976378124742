/** Which settings are well formed, one by one. */
import { areAnchors, isLambda, isMethod, isPolicy } from '../adjustment/settings.js';
import { isSampleRule } from '../sampling/rules.js';
import type { ComponentSettings } from './events.js';

/** The first setting that is wrong, by name; undefined where all are right. */
export function malformedSetting(component: string, settings: ComponentSettings): string | undefined {
  const { sampleRule, method, lambda, anchors, policies = [] } = settings;
  const checks: Readonly<Record<string, boolean>> = {
    component: COMPONENT_ID.test(component),
    series: seriesOf(component) === settings.series,
    kind: settings.kind === 'EMI' || settings.kind === 'IAMIS',
    // None is known where it is empty; the heading then begins with the series.
    qualification: settings.qualification === '' || isText(settings.qualification),
    titles: isText(settings.titles.en) && isText(settings.titles.cy),
    maximum: isCount(settings.maximum) && settings.maximum <= HIGHEST_MAXIMUM,
    deadline: isInstant(settings.deadline),
    tolerance: settings.tolerance === undefined || isCount(settings.tolerance),
    sampleRule: sampleRule === undefined || isSampleRule(sampleRule),
    method: method === undefined || isMethod(method),
    lambda: lambda === undefined || isLambda(lambda),
    anchors: anchors === undefined || areAnchors(anchors, settings.maximum),
    policies: policies.every(isPolicy) && new Set(policies).size === policies.length,
  };
  return Object.keys(checks).find((name) => checks[name] === false);
}

/** ISO 8601 in UTC. */
export function isInstant(text: string): boolean {
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text));
}

/** "January 2017" of `9521/01@2017-01`; undefined where the month has no series. */
export function seriesOf(component: string): string | undefined {
  const [year, month] = component.slice(component.indexOf('@') + 1).split('-');
  const name = SERIES_MONTHS[month ?? ''];
  return name === undefined || year === undefined ? undefined : `${name} ${year}`;
}

/** `9521/01@2017-01` of code and series; undefined where the series is none. */
export function componentId(code: string, series: string): string | undefined {
  const [name, year] = series.split(' ');
  const month = Object.keys(SERIES_MONTHS).find((number) => SERIES_MONTHS[number] === name);
  const id = `${code}@${year}-${month}`;
  return COMPONENT_ID.test(id) ? id : undefined;
}

const COMPONENT_ID = /^[A-Za-z0-9](?:[A-Za-z0-9/-]{0,30})@\d{4}-(?:01|03|06|11)$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z$/;
const SERIES_MONTHS: Readonly<Record<string, string>> = {
  '01': 'January',
  '03': 'March',
  '06': 'June',
  '11': 'November',
};
const HIGHEST_MAXIMUM = 1000;

function isText(text: string): boolean {
  return text.trim() !== '';
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
