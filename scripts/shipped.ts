import { existsSync, readFileSync } from 'node:fs';

/** Packages that users install; all that they depend on is shipped, the rest only tests and builds. */
const SHIPPED = ['bridge', 'plugin'];

type Locked = {
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
export type Dependency = {
  readonly name: string;
  readonly version: string;
  /** As its own package.json says it, as an SPDX expression; null where it says none. */
  readonly license: string | null;
};

/** All that our packages need at run time, from the lockfile and the installed packages. */
export function shippedDependencies(root = '.'): Dependency[] {
  const { packages } = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const found = new Map<string, Dependency>();
  const seen = new Set<string>();
  const visit = (path: string) => {
    const locked = packages[path];
    if (!locked || seen.has(path)) return;
    seen.add(path);
    if (locked.link) return visit(locked.resolved ?? '');
    const name = path.replace(/^.*node_modules\//, '');
    const version = locked.version ?? '';
    const license = licenseOf(`${root}/${path}/package.json`) ?? locked.license ?? null;
    if (!SHIPPED.includes(path)) found.set(`${name} ${version}`, { name, version, license });
    for (const one of Object.keys({ ...locked.dependencies, ...locked.optionalDependencies }))
      visit(placeOf(packages, path, one));
  };
  SHIPPED.forEach(visit);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where Node finds a package from another one: in its own folder, or in one further up. */
function placeOf(packages: Readonly<Record<string, Locked>>, from: string, name: string): string {
  for (let folder = from; ; folder = folder.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$|^\w+$/, '')) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (path in packages || folder === '') return path;
  }
}

function licenseOf(path: string): string | null {
  if (!existsSync(path)) return null;
  const { license, licenses } = JSON.parse(readFileSync(path, 'utf8')) as {
    license?: string | { type?: string };
    licenses?: { type?: string }[];
  };
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? null;
}
