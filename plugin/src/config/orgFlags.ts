import { custom } from '@oclif/core/flags';
import { Messages } from '@salesforce/core/messages';
import type { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'light');

type Context = { readonly flags?: Readonly<Record<string, unknown>> };
type Known = {
  summary?: string;
  description?: string;
  char?: 'o';
  exclusive?: string[];
  noCacheDefault?: boolean;
};
/** What a flag of the framework does, whatever its value is. */
type Flag = {
  parse: (input: string, context: never, options: never) => Promise<unknown>;
  default?: unknown;
};

/** A flag of the framework, which is loaded only where a value is given, or a default is needed: without --file. */
function lazily(known: Known, load: (flags: typeof Flags) => Flag) {
  const flag = async () => load((await import('../ux/framework.ts')).Flags);
  const byDefault = async (context: Context) => {
    if (context.flags?.['file'] !== undefined) return undefined;
    const { default: value } = await flag();
    return (typeof value === 'function' ? await value(context) : value) as string | undefined;
  };
  return custom({
    ...known,
    parse: async (input, context, options) =>
      (await flag()).parse(input, context as never, options as never) as Promise<string>,
    default: byDefault,
  });
}

export const ORG_FLAG = lazily(
  {
    char: 'o',
    exclusive: ['file'],
    noCacheDefault: true,
    summary: messages.getMessage('flags.target-org.summary'),
  },
  (flags) => flags.optionalOrg(),
) as unknown as typeof Flags.optionalOrg;

export const API_VERSION_FLAG = lazily(
  { description: messages.getMessage('flags.api-version.description') },
  (flags) => flags.orgApiVersion(),
) as unknown as typeof Flags.orgApiVersion;
