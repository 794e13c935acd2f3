import { describe, expect, it } from 'vitest';
import { defaultsOf, fieldsOf, type JsonSchema, withoutEmpty } from './schema-fields.ts';

const schema: JsonSchema = {
  type: 'object',
  properties: {
    pollSeconds: { type: 'number', default: 10, minimum: 0.05 },
    host: { type: 'string' },
    password: { type: 'string' },
    registers: {
      type: 'array',
      items: {
        type: 'object',
        properties: { key: { type: 'string' }, type: { enum: ['int16', 'float32'] } },
        required: ['key'],
      },
    },
    payload: {
      oneOf: [
        { type: 'object', properties: { shape: { const: 'value' }, value: { type: 'string', default: '' } } },
        {
          type: 'object',
          properties: { shape: { const: 'object' }, ignore: { type: 'array', items: { type: 'string' } } },
        },
      ],
    },
    nodes: {
      type: 'array',
      items: { anyOf: [{ type: 'string' }, { type: 'object', properties: { nodeId: { type: 'string' } } }] },
    },
  },
  required: ['host', 'registers', 'payload'],
};

describe('the fields of a source', () => {
  const fields = fieldsOf(schema);
  it('begin with those that must be filled in', () =>
    expect(fields.map(({ name }) => name)).toEqual([
      'host',
      'registers',
      'payload',
      'pollSeconds',
      'password',
      'nodes',
    ]));
  it('are of the kind their schema says', () =>
    expect(fields.map(({ kind }) => kind)).toEqual(['text', 'rows', 'variant', 'number', 'secret', 'rows']));
  it('have the variants of a union by its tag', () => {
    const payload = fields.find((field) => field.kind === 'variant')!;
    expect(payload.tag).toBe('shape');
    expect(payload.variants.map(({ value }) => value)).toEqual(['value', 'object']);
    expect(payload.variants[1]!.fields[0]).toMatchObject({ name: 'ignore', kind: 'words' });
  });
  it('begin with the defaults of the server', () =>
    expect(defaultsOf(fields)).toEqual({ pollSeconds: 10, registers: [{}], payload: { shape: 'value', value: '' } }));
  it('are sent without what was left empty', () =>
    expect(withoutEmpty({ host: 'a', user: '', deadband: null, registers: [{ key: 'k', unit: '' }] })).toEqual({
      host: 'a',
      registers: [{ key: 'k' }],
    }));
  it('is left out with a group of which nothing was filled in', () => {
    expect(withoutEmpty({ host: 'a', deadband: { type: undefined, value: null } })).toEqual({ host: 'a' });
    expect(withoutEmpty({ deadband: {} })).toBeUndefined();
  });
});
