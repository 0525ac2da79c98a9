import { labels } from './labels';

/**
 * What can be asked for on a link, as Requested_Action__c says it: the status that shows that it is done, and
 * what is said while it is asked for, when it is done, and when it was tried in vain.
 */
export const REQUESTS = {
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
