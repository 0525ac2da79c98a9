import compiler from '@lwc/sfdc-lwc-compiler';

export type Compiled = {
  readonly files: Readonly<Record<string, string>>;
  /** As a page of a production org loads it. */
  readonly code: string;
  /** Whatever the compiler says of it, warnings too. */
  readonly problems: readonly string[];
  /** What it needs of the org: labels, objects, other components. */
  readonly references: readonly { readonly type: string; readonly id: string }[];
};

type Result = {
  readonly diagnostics: readonly { readonly filename?: string; readonly message: string }[];
  readonly results?: readonly { readonly code: string }[];
  readonly metadata?: { readonly references?: Compiled['references'] };
};
/** Compiles a component of ours by the compiler that Salesforce deploys customers' components with. */
export async function compileForPlatform(name: string, files: Compiled['files']): Promise<Compiled> {
  const type = 'platform' as const;
  const bundle = {
    namespace: 'c',
    namespaceMapping: { c: 'c' },
    name,
    type,
    files: { ...files },
    apiVersion: 65,
  };
  const config = { bundle, outputConfigs: [{ minify: true, env: { NODE_ENV: 'production' } }] };
  const { diagnostics, results, metadata } = (await compiler.compile(config)) as Result;
  return {
    files,
    code: results?.[0]?.code ?? '',
    problems: diagnostics.map(({ filename, message }) => `${filename ?? name}: ${message}`),
    references: metadata?.references ?? [],
  };
}
