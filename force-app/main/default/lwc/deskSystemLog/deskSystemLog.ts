import { PAIRS, pairText } from 'c/deskSync';
import { LightningElement } from 'lwc';
import { labels } from './labels';

type Choice = { readonly label: string; readonly value: string };

const LEVELS: Readonly<Record<string, readonly string[]>> = {
  all: ['Info', 'Warning', 'Error'],
  problems: ['Warning', 'Error'],
  errors: ['Error'],
};

/** Shows what happened to all records, as the log tells. */
export default class DeskSystemLog extends LightningElement {
  labels = labels;
  level = 'all';
  pair = 'all';

  levelChoices: Choice[] = [
    { label: labels.everything, value: 'all' },
    { label: labels.problems, value: 'problems' },
    { label: labels.errors, value: 'errors' },
  ];

  pairChoices: Choice[] = [
    { label: labels.allRecords, value: 'all' },
    ...PAIRS.map((pair) => ({ label: pairText(pair), value: pair })),
  ];

  get where() {
    const pairs = this.pair === 'all' ? PAIRS : [this.pair];
    return { Level__c: { in: LEVELS[this.level] }, Pair__c: { in: pairs } };
  }

  handleLevel(event: Event) {
    this.level = (event.target as HTMLSelectElement).value;
  }

  handlePair(event: Event) {
    this.pair = (event.target as HTMLSelectElement).value;
  }
}
