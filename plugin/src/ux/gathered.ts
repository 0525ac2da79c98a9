import type { SfCommand } from '@salesforce/sf-plugins-core';

/** What parts of the framework warned of and nobody was told yet, such as the version of the API of an org. */
export const gathered: Parameters<SfCommand<unknown>['warn']>[0][] = [];
