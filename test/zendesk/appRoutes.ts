import { randomUUID } from 'node:crypto';
import { created, done, find, ok, urlOf, type Account, type Answer, type Route } from './account.ts';
import { readManifest, type AppPackage } from './appPackage.ts';
import { newKeys, type App, type Installation } from './apps.ts';
import { flag, id, inner, text, type Input } from './input.ts';
import { recordInvalid, recordNotFound } from './problem.ts';

type Build = { polls: number; readonly app_id: number | null; readonly message: string };

/** Private apps: their packages, builds and installations. */
export function appRoutes(account: Account): Route[] {
  const { state } = account;
  const { apps, installations } = state.tables;
  const uploads = new Map<number, AppPackage>();
  const builds = new Map<string, Build>();

  /** Builds an uploaded package; the answer only promises it. @throws 404, 422 */
  function build(input: Input, known: App | null): Answer {
    const upload = uploads.get(id(input, 'upload_id') ?? 0);
    if (!upload) throw recordNotFound();
    const name = text(input, 'name') ?? known?.name;
    if (!name) throw recordInvalid('name', 'Name: cannot be blank', 'BlankValue');
    const manifest = readManifest(upload);
    const jobId = randomUUID();
    if (typeof manifest === 'string') builds.set(jobId, { polls: 0, app_id: null, message: manifest });
    else {
      const app = known ?? state.add(apps, { ...state.stamps(), name, manifest, ...newKeys() });
      if (known) state.change(known, { name, manifest });
      builds.set(jobId, { polls: 0, app_id: app.id, message: '' });
    }
    return { status: 202, body: { job_id: jobId } };
  }

  const appBody = (app: App) => ({
    id: app.id,
    owner_id: 1,
    name: app.name,
    author_name: app.manifest.author.name,
    author_email: app.manifest.author.email,
    default_locale: 'en',
    framework_version: '2.0',
    version: app.manifest.version,
    visibility: app.manifest.private ? 'private' : 'public',
    installable: true,
    created_at: app.created_at,
    updated_at: app.updated_at,
  });
  const installationBody = (one: Installation) => ({
    id: one.id,
    app_id: one.app_id,
    product: 'support',
    enabled: one.enabled,
    settings: one.settings,
    created_at: one.created_at,
    updated_at: one.updated_at,
  });

  return [
    [
      'POST',
      /^apps\/uploads$/,
      ({ input }) => {
        const upload = input['uploaded_data'] as AppPackage | undefined;
        if (upload === undefined) throw recordInvalid('uploaded_data', 'Uploaded data: is not a zip file');
        const key = state.next.id++;
        uploads.set(key, upload);
        return created({ id: key }, urlOf(account, `apps/uploads/${key}`));
      },
      'admin',
    ],
    ['POST', /^apps$/, ({ input }) => build(input, null), 'admin'],
    ['PUT', /^apps\/(\d+)$/, ({ input }, key = '') => build(input, find(apps, key)), 'admin'],
    [
      'GET',
      /^apps\/job_statuses\/([\w-]+)$/,
      (_request, key = '') => {
        const job = builds.get(key);
        if (!job) throw recordNotFound();
        job.polls += 1;
        const status = job.polls === 1 ? 'working' : job.app_id === null ? 'failed' : 'completed';
        const appId = status === 'completed' ? job.app_id : null;
        return ok({ id: key, status, message: job.polls === 1 ? null : job.message, app_id: appId });
      },
      'admin',
    ],
    ['GET', /^apps\/owned$/, () => ok({ apps: apps.map(appBody) }), 'admin'],
    ['GET', /^apps\/(\d+)$/, (_request, key = '') => ok(appBody(find(apps, key))), 'admin'],
    [
      'GET',
      /^apps\/(\d+)\/public_key\.pem$/,
      (_request, key = '') => ({
        status: 200,
        body: find(apps, key).publicKey,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      }),
      'admin',
    ],
    [
      'DELETE',
      /^apps\/(\d+)$/,
      (_request, key = '') => {
        const app = find(apps, key);
        state.remove(apps, app);
        for (const one of installations.filter((each) => each.app_id === app.id))
          state.remove(installations, one);
        return done();
      },
      'admin',
    ],
    [
      'GET',
      /^apps\/installations$/,
      () => ok({ installations: installations.map(installationBody) }),
      'admin',
    ],
    [
      'POST',
      /^apps\/installations$/,
      ({ input }) => {
        const app = find(apps, id(input, 'app_id') ?? 0);
        const settings = inner(input, 'settings') ?? {};
        if (!text(settings, 'name')) throw recordInvalid('settings', 'Settings: name cannot be blank');
        if (installations.some((one) => one.app_id === app.id))
          throw recordInvalid('app_id', 'App: is already installed');
        const one = state.add(installations, { ...state.stamps(), app_id: app.id, enabled: true, settings });
        return created(installationBody(one), urlOf(account, `apps/installations/${one.id}`));
      },
      'admin',
    ],
    [
      'GET',
      /^apps\/installations\/(\d+)$/,
      (_request, key = '') => ok(installationBody(find(installations, key))),
      'admin',
    ],
    [
      'PUT',
      /^apps\/installations\/(\d+)$/,
      ({ input }, key = '') => {
        const one = find(installations, key);
        const settings = inner(input, 'settings');
        const enabled = flag(input, 'enabled');
        state.change(one, {
          ...(settings === undefined ? {} : { settings: { ...one.settings, ...settings } }),
          ...(enabled === undefined ? {} : { enabled }),
        });
        return ok(installationBody(one));
      },
      'admin',
    ],
    [
      'DELETE',
      /^apps\/installations\/(\d+)$/,
      (_request, key = '') => {
        state.remove(installations, find(installations, key));
        return done();
      },
      'admin',
    ],
  ];
}
