import { conform } from './conform.ts';
import { DESK_TESTER } from './subjects/desk.ts';

conform(DESK_TESTER);
