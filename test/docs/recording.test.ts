import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Screen, rowsOf, terminalSvg } from '../demo/terminalSvg.ts';

const RECORDING = readFileSync(new URL('../../docs/images/setup.svg', import.meta.url), 'utf8');

test('the recording is a picture without a script, from the command to its end', () => {
  assert.equal(XMLValidator.validate(RECORDING), true);
  assert.doesNotMatch(RECORDING, /<script|href="(?!#)|\son\w+=/);
  for (const words of ['sf deskconnect setup --target-org prod', 'changes?', 'made and verified'])
    assert.ok(RECORDING.includes(words), words);
});

test('a frame holds what the terminal shows: colours, what was written over, and text that looks like markup', async () => {
  const screen = new Screen({ cols: 40, rows: 3, allowProposedApi: true });
  const show = (text: string) => new Promise<void>((resolve) => screen.write(text, resolve));
  await show('waiting\r\u001B[2K\u001B[32m✔\u001B[39m <b> & done\r\n');
  const rows = rowsOf(screen);
  assert.deepEqual(rows, ['<tspan fill="#98c379">✔</tspan> &lt;b&gt; &amp; done', '', '']);
  const svg = terminalSvg([{ rows, milliseconds: 100 }], 40, 'T');
  assert.equal(XMLValidator.validate(svg), true);
  assert.match(JSON.stringify(new XMLParser().parse(svg)), /✔/);
});
