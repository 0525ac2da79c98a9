import type { ValuePair } from '@desk-connect/bridge/core/config/syncConfig.js';
import { failure } from '../errors.ts';

/** `Hardware=hw` as a pair of values; a value may hold = itself on Desk's side. @throws ValueUnreadable */
export function readValuePairs(texts: readonly string[]): ValuePair[] {
  return texts.map((text) => {
    const at = text.indexOf('=');
    const salesforce = text.slice(0, at).trim();
    const desk = text.slice(at + 1).trim();
    if (at < 1 || salesforce === '' || desk === '') throw failure('ValueUnreadable', [text]);
    return { salesforce, desk };
  });
}
