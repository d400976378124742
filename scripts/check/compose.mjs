/** docker-compose.yml: as the Compose Specification has it, and by rules of our own. */
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { inRoot } from '../paths.mjs';
import { settingsInCode } from './settings.mjs';

const IMAGE = 'appointee-portal:';
const ENGINES = ['EVENTSTORE_URL', 'REDIS_URL'];

export const composeText = () => readFileSync(inRoot('docker-compose.yml'), 'utf8');

export const composeProblems = (text = composeText()) => {
  const file = parse(text, { merge: true });
  const schema = schemaProblems(file);
  return schema.length > 0 ? schema : [...Object.entries(file.services).flatMap(([name, service]) => serviceProblems(name, service)), ...wholeProblems(file, text)];
};

/** The specification's own schema, as a linter of these files ships it. */
function schemaProblems(file) {
  const schema = JSON.parse(readFileSync(inRoot('node_modules', 'dclint', 'schemas', 'compose.schema.json'), 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile({ ...schema, $schema: undefined });
  return validate(file) ? [] : validate.errors.map(({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`);
}

function serviceProblems(name, service) {
  const rules = {
    'has no health check': service.healthcheck?.test === undefined,
    'may write to its root': service.read_only !== true,
    'keeps capabilities': !service.cap_drop?.includes('ALL'),
    'may gain privileges': !service.security_opt?.includes('no-new-privileges:true'),
    'is not started again': service.restart !== 'unless-stopped',
    'has no limit of memory': service.mem_limit === undefined,
    'runs as root, or as whom the image likes': service.user === undefined || /^(0|root)\b/.test(service.user),
    'has no version of its image': !/:\$\{[A-Z_]+:-\d[\w.]*\}$|:\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?$/.test(service.image ?? ''),
    'does not wait until what it needs is healthy': Object.values(service.depends_on ?? {}).some(({ condition }) => condition !== 'service_healthy'),
    'publishes a port, and is not the proxy': service.ports !== undefined && name !== 'proxy',
  };
  const found = Object.entries(rules).filter(([, isBroken]) => isBroken).map(([rule]) => `${name} ${rule}`);
  return [...found, ...environmentProblems(name, service)];
}

function environmentProblems(name, { image = '', environment = {} }) {
  const secret = /(PASSWORD|SECRET|TOKEN|_URL$|_KEY$)/;
  const harmless = new Set(['PORTAL_URL', 'PORTAL_IDENTITY_URL']);
  const open = Object.keys(environment).filter((key) => secret.test(key) && !harmless.has(key)).map((key) => `${name}: ${key} is a secret, and is given as ${key}_FILE`);
  if (!image.startsWith(IMAGE)) return open;
  const known = settingsInCode();
  const unknown = Object.keys(environment).filter((key) => !known.has(key.replace(/_FILE$/, ''))).map((key) => `${name}: ${key} is no setting`);
  const missing = ['PORTAL_ROLES', ...ENGINES.map((key) => `${key}_FILE`)].filter((key) => environment[key] === undefined).map((key) => `${name}: ${key} is missing`);
  return [...open, ...unknown, ...missing];
}

function wholeProblems({ services, secrets, networks }, text) {
  const roles = Object.values(services).map(({ environment }) => environment?.PORTAL_ROLES).filter((one) => one !== undefined);
  const counts = Object.entries({ api: 2, identity: 1, projector: 1, worker: 1 }).filter(([role, count]) => roles.filter((one) => one === role).length !== count);
  const proxy = services.proxy?.networks?.front?.ipv4_address;
  const trusted = Object.values(services).map(({ environment }) => environment?.PORTAL_TRUST_PROXY).filter((one) => one !== undefined);
  const unread = Object.keys(secrets).filter((name) => !Object.values(services).some((one) => one.secrets?.some((given) => (given.source ?? given) === name)));
  return [
    ...counts.map(([role, count]) => `not ${count} with the role ${role}`),
    ...Object.entries(secrets).filter(([, { file }]) => !file?.startsWith('./deploy/secrets/')).map(([name]) => `the secret ${name} is no file of deploy/secrets`),
    ...unread.map((name) => `the secret ${name} is given to nobody`),
    ...(trusted.some((one) => one !== proxy) || trusted.length === 0 ? ['PORTAL_TRUST_PROXY is not the address of the proxy'] : []),
    ...(networks.engines?.internal === true ? [] : ['the engines are on a network with a way out']),
    ...found(text, /(?<!\$)\$\{(\w*(?:PASSWORD|SECRET|DOMAIN|ADMIN|MAIL)\w*)(?!\w|:\?)/g).map((name) => `${name} has a default, or may be missing`),
    ...found(text, /(changeit|requirepass +(?!\$)\S+|password['"]?\s*[:=]\s*(?![${?])\S+|:\/\/[^\s/]*:[^\s/$]+@)/gi).map((words) => `"${words}" is a password`),
  ];
}

const found = (text, pattern) => [...text.matchAll(pattern)].map(([, words]) => words);
