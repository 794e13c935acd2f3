import { fileURLToPath } from 'node:url';
import { runVerb } from '@millwright/testkit';
import { expect, it } from 'vitest';
import { verbs } from '../cli.ts';

const host = {
  call: () => Promise.reject(new Error('no server is asked')),
  jobEnd: () => Promise.reject(new Error('no job is followed')),
};
const example = fileURLToPath(new URL('../../examples/rules.json', import.meta.url));

it('checks the example, and knows its schema and its kinds', async () => {
  expect(await runVerb(host, verbs, 'rules check', [example])).toMatch(
    /^gate {2}line-crossing\npress-area {2}zone-entry\n/,
  );
  const schema = JSON.parse(await runVerb(host, verbs, 'rules schema'));
  expect(schema.properties.rules.items.oneOf ?? schema.properties.rules.items.anyOf).toHaveLength(16);
  expect(await runVerb(host, verbs, 'rules kinds')).toContain('person-down ');
});
