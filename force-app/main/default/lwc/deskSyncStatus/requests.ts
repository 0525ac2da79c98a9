import { labels } from './labels';

/** What can be asked for on a link, as Requested_Action__c says it. */
export type RequestedAction = 'Sync Now' | 'Unlink' | 'Relink';

type Request = {
  /** The status that shows that it is done. */
  readonly done: string;
  readonly asking: string;
  readonly answered: string;
  /** What is said when it was tried in vain. */
  readonly tried: string;
};

export const REQUESTS: Readonly<Record<RequestedAction, Request>> = {
  'Sync Now': { done: 'In Step', asking: labels.asking, answered: labels.answered, tried: labels.tried },
  Unlink: {
    done: 'Unlinked',
    asking: labels.askingOther,
    answered: labels.unlinkDone,
    tried: labels.otherTried,
  },
  Relink: {
    done: 'In Step',
    asking: labels.askingOther,
    answered: labels.relinkDone,
    tried: labels.otherTried,
  },
};
