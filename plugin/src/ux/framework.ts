import { Lifecycle, SfError } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { gathered } from './gathered.ts';

export { Flags } from '@salesforce/sf-plugins-core';

Lifecycle.getInstance().onWarning((warning) => {
  gathered.push(warning);
  return Promise.resolve();
});

/** A command of the framework that stands in for a light one, and tells what that one has to tell. */
export class Framework extends SfCommand<unknown> {
  run(): Promise<unknown> {
    return Promise.resolve(null);
  }

  /** Prints an error as the framework does, and throws it as the CLI expects it. */
  fail(error: Error): Promise<never> {
    return this.catch(asKnown(error));
  }

  /** Prints what was warned of, and returns all of it. */
  warned(): typeof gathered {
    for (const warning of gathered.splice(0)) this.warn(warning);
    return this.toSuccessJson(null).warnings ?? [];
  }
}

/** A bundle has a copy of the class, which the framework would take for somebody else's error. */
function asKnown(error: Error): Error {
  if (!('actions' in error)) return error;
  const { name, message, actions, exitCode, cause } = error as SfError;
  return SfError.create({ name, message, exitCode, ...(actions ? { actions } : {}), cause });
}
