import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isSafeAddress } from '../core/address.ts';
import { DESK_KINDS } from '../core/vocabulary/vocabulary.ts';
import { DEFAULT_SECTIONS, parseSections, type Section } from '../core/widget/sections.ts';
import { credentialsIn, logInsInWords, TOKEN, unusable } from '../desks/credentials.ts';
import { DESKS } from '../desks/desks.ts';
import type { DeskSite } from '../desks/deskType.ts';
import type { StoreLocation } from '../store/openStore.ts';
import { ConfigError } from './configError.ts';
import { DATA_FOLDER } from './dataFolder.ts';
import { readSecretFile } from './secretFile.ts';
import { withSecretsFile } from './secretsFile.ts';

/** http is fine on this machine only: everything else would send secrets in the clear. */
const url = z
  .url('must be an address such as https://acme.desk.com')
  .refine(isSafeAddress, 'must be https')
  .refine((value) => isPlain(value), 'must be an address alone, without a user, a query or a fragment');
const optional = z.string().min(1).optional();
const token = z.string().regex(TOKEN.shape, TOKEN.wrong).optional();
const sharedSecret = z.string().min(16, 'must have 16 characters at least').optional();

const Environment = z.object({
  DESKCONNECT_SALESFORCE_URL: url,
  DESKCONNECT_SALESFORCE_PUBSUB_URL: url.default('https://api.pubsub.salesforce.com:7443'),
  DESKCONNECT_SALESFORCE_ACCESS_TOKEN: token,
  DESKCONNECT_SALESFORCE_LOGIN_URL: url.default('https://login.salesforce.com'),
  DESKCONNECT_SALESFORCE_CLIENT_ID: optional,
  DESKCONNECT_SALESFORCE_USERNAME: optional,
  DESKCONNECT_SALESFORCE_KEY_FILE: optional,
  DESKCONNECT_DESK: z.enum(DESK_KINDS).default('desk'),
  DESKCONNECT_DESK_URL: url,
  DESKCONNECT_DATA: z.string().min(1).default(DATA_FOLDER),
  DESKCONNECT_STORE: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be postgres://user:password@host:port/database' })
    .optional(),
  DESKCONNECT_SECRETS_FILE: optional,
  DESKCONNECT_PORT: z.coerce.number().int().min(0).max(65_535).default(8377),
  DESKCONNECT_MONITOR_HOST: optional,
  DESKCONNECT_MONITOR_PORT: z.coerce.number().int().min(0).max(65_535).default(8380),
  DESKCONNECT_POLL_SECONDS: z.coerce.number().min(0.2).max(3_600).default(10),
  DESKCONNECT_SWEEP_SECONDS: z.coerce.number().min(1).max(86_400).default(300),
  DESKCONNECT_START: z.enum(['now', 'everything']).default('now'),
  DESKCONNECT_CONFIG: z.string().min(1).default('org'),
  DESKCONNECT_CONFIG_SECONDS: z.coerce.number().min(1).max(86_400).default(300),
  DESKCONNECT_NEW_CUSTOMERS: z.enum(['contact', 'person']).default('contact'),
  DESKCONNECT_DESK_RULES: z.enum(['on', 'off']).default('on'),
  DESKCONNECT_HOOK_SECRET: sharedSecret,
  DESKCONNECT_HOOK_SECRET_PREVIOUS: sharedSecret,
  DESKCONNECT_HOOK_HOST: z.string().min(1).default('127.0.0.1'),
  DESKCONNECT_HOOK_PORT: z.coerce.number().int().min(0).max(65_535).default(8378),
  DESKCONNECT_WIDGET_SECRET: sharedSecret,
  DESKCONNECT_WIDGET_SECRET_PREVIOUS: sharedSecret,
  DESKCONNECT_WIDGET_APP: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, 'must be the id of an installation')
    .optional(),
  DESKCONNECT_WIDGET_APP_KEY_FILE: optional,
  DESKCONNECT_WIDGET_HOST: z.string().min(1).default('127.0.0.1'),
  DESKCONNECT_WIDGET_PORT: z.coerce.number().int().min(0).max(65_535).default(8379),
  DESKCONNECT_WIDGET_SECTIONS: optional,
  DESKCONNECT_SALESFORCE_LOG: z.enum(['problems', 'everything', 'off']).default('problems'),
  DESKCONNECT_LOG_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  DESKCONNECT_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Of an address, which has no default: whoever lacks it mostly has the files and has not read them. */
const NOT_SET =
  'is not set. "sf deskconnect connect" writes it into bridge.env, which the environment has to come from';

export type Config = ReturnType<typeof readConfig>;

/**
 * Reads the configuration from environment variables; secrets come from there or from files named there.
 * @throws ConfigError that names every problem at once
 */
export function readConfig(environment: NodeJS.ProcessEnv) {
  const given = withSecretsFile(environment);
  const values = parse(Environment, given);
  return {
    salesforce: {
      instanceUrl: values.DESKCONNECT_SALESFORCE_URL,
      pubsubUrl: values.DESKCONNECT_SALESFORCE_PUBSUB_URL,
      auth: salesforceAuth(values),
    },
    desk: { ...deskSite(values, given), rules: deskRules(values) },
    hook: hookOf(values),
    widget: widgetOf(values),
    store: storeLocation(values),
    /** Of the embedded store, and of the token of whoever commands the bridge. */
    dataFolder: values.DESKCONNECT_DATA,
    port: values.DESKCONNECT_PORT,
    monitor: monitorOf(values),
    pollMs: values.DESKCONNECT_POLL_SECONDS * 1_000,
    sweepMs: values.DESKCONNECT_SWEEP_SECONDS * 1_000,
    /** Where the rules and mappings are kept: `org`, or the path of a file. */
    configHome: values.DESKCONNECT_CONFIG,
    configMs: values.DESKCONNECT_CONFIG_SECONDS * 1_000,
    start: values.DESKCONNECT_START,
    newCustomers: values.DESKCONNECT_NEW_CUSTOMERS,
    salesforceLog: values.DESKCONNECT_SALESFORCE_LOG,
    logDays: values.DESKCONNECT_LOG_DAYS,
    logLevel: values.DESKCONNECT_LOG_LEVEL,
  };
}

function parse<S extends z.ZodType>(schema: S, given: NodeJS.ProcessEnv): z.infer<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const told = new Map<string, string>();
  // Of several things that are wrong with one variable, the first is the reason of the others.
  for (const { path, code, message } of parsed.error.issues) {
    const variable = path.join('.');
    if (told.has(variable)) continue;
    const wrong = code === 'invalid_type' ? 'must be a number' : message;
    told.set(variable, given[variable] === undefined ? NOT_SET : wrong);
  }
  throw new ConfigError([...told].map(([variable, message]) => `${variable}: ${message}`));
}

/** Where the embedded store is, or the one that bridges share, without asking for anything else. */
export function readStoreLocation(environment: NodeJS.ProcessEnv): StoreLocation {
  const given = withSecretsFile(environment);
  return storeLocation(parse(Environment.pick({ DESKCONNECT_DATA: true, DESKCONNECT_STORE: true }), given));
}

/** The help desk and how to log in to it, without asking for anything else. @throws ConfigError */
export function readDeskSite(environment: NodeJS.ProcessEnv): DeskSite {
  const given = withSecretsFile(environment);
  return deskSite(
    parse(Environment.pick({ DESKCONNECT_DESK: true, DESKCONNECT_DESK_URL: true }), given),
    given,
  );
}

type Values = z.infer<typeof Environment>;

function storeLocation(values: Pick<Values, 'DESKCONNECT_DATA' | 'DESKCONNECT_STORE'>): StoreLocation {
  const url = values.DESKCONNECT_STORE;
  return url ? { kind: 'postgres', url } : { kind: 'sqlite', folder: values.DESKCONNECT_DATA };
}

/** Calls of Desk's rules are taken where there is a secret that they must know. */
function hookOf(values: Values) {
  const secret = values.DESKCONNECT_HOOK_SECRET;
  if (secret === undefined) return null;
  return {
    host: values.DESKCONNECT_HOOK_HOST,
    port: values.DESKCONNECT_HOOK_PORT,
    secret,
    /** Taken too while Desk is given the new one. */
    previousSecret: values.DESKCONNECT_HOOK_SECRET_PREVIOUS ?? null,
  };
}

/** Health and metrics are served to other machines where there is an address for that. */
function monitorOf(values: Values): { host: string; port: number } | null {
  const host = values.DESKCONNECT_MONITOR_HOST;
  return host === undefined ? null : { host, port: values.DESKCONNECT_MONITOR_PORT };
}

/** The Salesforce widget is served where there is what this desk's agents are known by. */
function widgetOf(values: Values) {
  const secret = values.DESKCONNECT_WIDGET_SECRET ?? null;
  const app = widgetApp(values);
  const keys = {
    site: new URL(values.DESKCONNECT_DESK_URL).origin,
    secret,
    previousSecret: values.DESKCONNECT_WIDGET_SECRET_PREVIOUS ?? null,
    app,
  };
  if (DESKS[values.DESKCONNECT_DESK].widget.routes(keys) === null) return null;
  return {
    ...keys,
    host: values.DESKCONNECT_WIDGET_HOST,
    port: values.DESKCONNECT_WIDGET_PORT,
    sections: sectionsOf(values.DESKCONNECT_WIDGET_SECTIONS),
  };
}

function widgetApp(values: Values) {
  const installation = values.DESKCONNECT_WIDGET_APP;
  const keyFile = values.DESKCONNECT_WIDGET_APP_KEY_FILE;
  if (installation === undefined && keyFile === undefined) return null;
  if (installation === undefined || keyFile === undefined)
    throw new ConfigError([
      'The widget as an app of the desk needs DESKCONNECT_WIDGET_APP and DESKCONNECT_WIDGET_APP_KEY_FILE; "sf deskconnect widget --create" writes both',
    ]);
  const publicKey = readFrom('DESKCONNECT_WIDGET_APP_KEY_FILE', keyFile);
  if (!isRsaKey(publicKey))
    throw new ConfigError([`DESKCONNECT_WIDGET_APP_KEY_FILE: ${keyFile}: is no public RSA key in PEM`]);
  return { installation, publicKey };
}

/** A private key would do as well, and has no business here. */
function isRsaKey(pem: string): boolean {
  try {
    return pem.includes('PUBLIC KEY') && createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

function sectionsOf(path: string | undefined): readonly Section[] {
  if (path === undefined) return DEFAULT_SECTIONS;
  const variable = 'DESKCONNECT_WIDGET_SECTIONS';
  const parsed = parseSections(readFrom(variable, path));
  if (!parsed.ok) throw new ConfigError(parsed.problems.map((problem) => `${variable}: ${path}: ${problem}`));
  return parsed.sections;
}

function salesforceAuth(values: Values) {
  const accessToken = values.DESKCONNECT_SALESFORCE_ACCESS_TOKEN;
  if (accessToken) return { kind: 'accessToken', accessToken } as const;
  const { clientId, username, keyFile } = required(
    {
      clientId: values.DESKCONNECT_SALESFORCE_CLIENT_ID,
      username: values.DESKCONNECT_SALESFORCE_USERNAME,
      keyFile: values.DESKCONNECT_SALESFORCE_KEY_FILE,
    },
    'Salesforce needs DESKCONNECT_SALESFORCE_CLIENT_ID, _USERNAME and _KEY_FILE, or DESKCONNECT_SALESFORCE_ACCESS_TOKEN',
  );
  return {
    kind: 'jwt',
    loginUrl: values.DESKCONNECT_SALESFORCE_LOGIN_URL,
    clientId,
    username,
    privateKey: readSecretFile('DESKCONNECT_SALESFORCE_KEY_FILE', keyFile),
  } as const;
}

function deskSite(
  values: Pick<Values, 'DESKCONNECT_DESK' | 'DESKCONNECT_DESK_URL'>,
  given: NodeJS.ProcessEnv,
): DeskSite {
  const kind = values.DESKCONNECT_DESK;
  const credentials = credentialsIn(given, DESKS[kind]);
  if (credentials === null)
    throw new ConfigError([`${DESKS[kind].vocabulary.title} needs ${logInsInWords(DESKS[kind])}`]);
  const wrong = unusable(credentials, DESKS[kind]);
  if (wrong.length > 0) throw new ConfigError(wrong);
  return { kind, url: values.DESKCONNECT_DESK_URL, credentials };
}

/** Whoever switches the rules off counts on it that nobody is e-mailed. */
function deskRules(values: Values): boolean {
  const rules = values.DESKCONNECT_DESK_RULES === 'on';
  const { silencesRules, vocabulary } = DESKS[values.DESKCONNECT_DESK];
  if (!rules && !silencesRules)
    throw new ConfigError([
      `DESKCONNECT_DESK_RULES: ${vocabulary.title} cannot be told to leave its rules out. Make each of them leave the bridge's user out there, and take this variable away`,
    ]);
  return rules;
}

function required<K extends string>(
  values: Record<K, string | undefined>,
  problem: string,
): Record<K, string> {
  if (Object.values(values).some((value) => value === undefined)) throw new ConfigError([problem]);
  return values as Record<K, string>;
}

function readFrom(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError([`${variable}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function isPlain(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { username, password, search, hash } = new URL(value);
  return [username, password, search, hash].every((part) => part === '');
}
