import { conform } from './conform.ts';
import { ZENDESK_TESTER } from './subjects/zendesk.ts';

conform(ZENDESK_TESTER);
