import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** What the bridge reads, and the defaults of some. */
const source = read('bridge/src/service/config.ts');
const VARIABLES = new Set(source.match(/^ {2}DESKCONNECT_[A-Z_]+(?=:)/gm)?.map((name) => name.trim()));
const MONITOR_PORT = Number(/DESKCONNECT_MONITOR_PORT:.*default\((\d+)\)/.exec(source)?.[1]);
/** Seconds after which the bridge gives up what is under way. */
const STOP = Number(/STOP_MS = (\d+)_000/.exec(read('bridge/src/service/stopSignal.ts'))?.[1]);
const BIN = (JSON.parse(read('bridge/package.json')) as { bin: Record<string, string> }).bin;
/** What "sf deskconnect connect" writes into desk-connect, and what the page on operations has somebody add. */
const WRITTEN = ['bridge.env', 'secrets.env', 'salesforce.key', 'postgres-password'];

/** The instructions of the container file, each on one line. */
const instructions = read('deploy/Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => ({ name: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }));
const all = (name: string) => instructions.filter((one) => one.name === name).map(({ rest }) => rest);

test('the container file copies what is there, and what its builder is given', () => {
  const given = read('deploy/Dockerfile.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  const copied = all('COPY').filter((rest) => !rest.startsWith('--from'));
  assert.ok(copied.length >= 5);
  for (const rest of copied)
    for (const path of rest.split(' ').slice(0, -1)) {
      assert.ok(existsSync(join(ROOT, path)), path);
      assert.ok(
        given.some((one) => path === one || path.startsWith(`${one}/`)),
        `${path} is kept from the builder`,
      );
    }
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
  for (const workspace of workspaces)
    assert.ok(copied.includes(`${workspace}/package.json ${workspace}/`), `npm ci needs ${workspace}`);
});

test('the container file copies whatever the scripts that it runs are made of', () => {
  const copied = new Set(
    all('COPY').flatMap((rest) => {
      const [folder = '', ...paths] = rest.split(' ').toReversed();
      return paths.map((path) => join(folder, basename(path)));
    }),
  );
  const scripts = all('RUN').flatMap((rest) =>
    [...rest.matchAll(/\bnode (scripts\/\S+)/g)].map(([, path = '']) => path),
  );
  assert.ok(scripts.length > 0);
  for (const script of scripts) {
    assert.ok(copied.has(script), script);
    for (const [, path = ''] of read(script).matchAll(/from '(\.[^']+)'/g))
      scripts.push(join(dirname(script), path));
  }
});

test('the container runs the bridge, as a user without rights, watched by its health', () => {
  const entry = JSON.parse(all('ENTRYPOINT').at(-1) ?? '[]') as string[];
  assert.equal(entry.at(-1), `bridge/${BIN['desk-connect-bridge']}`);
  const [shebang = ''] = read('bridge/src/service/main.ts').split('\n', 1);
  const variables = shebang.split(' ').filter((word) => word.includes('=') && !word.startsWith('--'));
  for (const variable of variables) assert.ok(all('ENV').join(' ').split(/\s+/).includes(variable), variable);
  const options = ['#!/usr/bin/env', '-S', ...variables, ...entry.slice(0, -1)];
  assert.equal(options.join(' '), shebang, 'the options of Node');
  assert.equal(all('USER').at(-1), 'node');
  assert.match(
    all('HEALTHCHECK').at(-1) ?? '',
    new RegExp(`http://127\\.0\\.0\\.1:${MONITOR_PORT}/health/live`),
  );
  assert.equal(all('EXPOSE').at(-1), String(MONITOR_PORT));
  for (const [, name = ''] of all('ENV')
    .join(' ')
    .matchAll(/(DESKCONNECT_\w+)=/g))
    assert.ok(VARIABLES.has(name), name);
  for (const image of all('FROM')) assert.match(image, /^node:\d+-slim( AS build)?$/, 'no registry is named');
});

type Service = {
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly env_file?: readonly string[];
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly volumes?: readonly string[];
  readonly stop_grace_period?: string;
  readonly read_only?: boolean;
};
const compose = parse(read('deploy/compose.yaml'), { merge: true }) as {
  services: Readonly<Record<string, Service>>;
  volumes: Readonly<Record<string, unknown>>;
  secrets: Readonly<Record<string, { file: string }>>;
};
const bridges = Object.entries(compose.services).filter(([, { build }]) => build !== undefined);

test('the Compose file names only what exists: variables, secrets, files, volumes', () => {
  assert.equal(bridges.length, 2);
  for (const [name, service] of Object.entries(compose.services)) {
    for (const secret of service.secrets ?? []) assert.ok(secret in compose.secrets, `${name}: ${secret}`);
    for (const [variable, value] of Object.entries(service.environment ?? {})) {
      if (variable.startsWith('DESKCONNECT_')) assert.ok(VARIABLES.has(variable), variable);
      const [, secret] = /^\/run\/secrets\/(\w+)$/.exec(value) ?? [];
      if (secret !== undefined) assert.ok(service.secrets?.includes(secret), `${name}: ${value}`);
    }
    for (const [from = ''] of (service.volumes ?? []).map((one) => one.split(':')))
      assert.ok(from in compose.volumes || existsSync(join(ROOT, 'deploy', from)), `${name}: ${from}`);
  }
  for (const [name, { build, env_file: files = [], stop_grace_period: grace, read_only: fixed }] of bridges) {
    assert.ok(existsSync(join(ROOT, 'deploy', build?.context ?? '', build?.dockerfile ?? '')), name);
    for (const file of files)
      assert.ok(
        WRITTEN.some((one) => file === `../desk-connect/${one}`),
        file,
      );
    assert.ok(Number.parseInt(grace ?? '', 10) > STOP, 'it is given the time that it takes to end');
    assert.equal(fixed, true);
  }
  for (const { file } of Object.values(compose.secrets))
    assert.ok(
      WRITTEN.some((one) => file === `../desk-connect/${one}`),
      file,
    );
});

test('Prometheus looks for the bridges where the Compose file has them', () => {
  const { rule_files: rules, scrape_configs: scrapes } = parse(read('deploy/prometheus/prometheus.yml')) as {
    rule_files: string[];
    scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
  };
  for (const file of rules) assert.ok(existsSync(join(ROOT, 'deploy/prometheus', file)), file);
  const [scrape] = scrapes;
  assert.equal(scrape?.job_name, 'desk-connect', 'as the alerts call it');
  assert.deepEqual(
    scrape.static_configs.flatMap(({ targets }) => targets),
    bridges.map(([name]) => `${name}:${MONITOR_PORT}`),
  );
});

const UNIT = 'deploy/systemd/desk-connect.service';
const settings = new Map(
  [...read(UNIT).matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
);

test('the unit runs the bridge without rights, and gives it the time that it takes to end', () => {
  const command = settings.get('ExecStart') ?? '';
  assert.ok(command.endsWith(`/node_modules/.bin/${Object.keys(BIN)[0]}`));
  for (const [, variable = ''] of command.matchAll(/(DESKCONNECT_\w+)=/g))
    assert.ok(VARIABLES.has(variable), variable);
  const loaded = [...read(UNIT).matchAll(/^LoadCredential=([\w.]+):/gm)].map(([, name = '']) => name);
  for (const [, name = ''] of command.matchAll(/=%d\/(\S+)/g)) assert.ok(loaded.includes(name), name);
  assert.deepEqual(
    ['NoNewPrivileges', 'ProtectSystem', 'PrivateTmp', 'Restart', 'StateDirectory', 'User'].map((name) =>
      settings.get(name),
    ),
    ['yes', 'strict', 'yes', 'on-failure', 'desk-connect', 'desk-connect'],
  );
  assert.ok(Number(settings.get('TimeoutStopSec')) > STOP);
});

const verifier = spawnSync('systemd-analyze', ['--version']).status === 0;

test(
  'systemd knows each setting of the unit',
  verifier ? {} : { skip: 'systemd-analyze is not on this machine' },
  (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'unit-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const unit = join(folder, 'desk-connect.service');
    copyFileSync(join(ROOT, UNIT), unit);
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    assert.deepEqual(
      [status, `${stdout}${stderr}`.split('\n').filter((line) => line.includes(unit))],
      [0, []],
    );
  },
);
