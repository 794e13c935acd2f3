import { describe, expect, it } from 'vitest';
import type { Channel } from '../types.ts';
import { bodyOf, fieldsOf, newFields } from './channel-fields.ts';

describe('the fields of a channel', () => {
  it('of a new one say only what its kind needs, and no quiet hours', () => {
    const fields = { ...newFields('', 'Asia/Shanghai', 'zh-CN'), name: 'Desk' };
    const webhook = bodyOf({ ...fields, config: { ...fields.config, url: 'https://desk.example' } });
    expect(webhook).toMatchObject({ siteId: null, quiet: null, language: 'zh-CN' });
    expect(webhook.config).toEqual({ url: 'https://desk.example' });
    expect(bodyOf({ ...fields, kind: 'email' }).config).toEqual({ to: [], pictures: true });
    expect(bodyOf({ ...fields, isQuiet: true }).quiet?.zone).toBe('Asia/Shanghai');
  });

  it('come back as they were', () => {
    const quiet = { zone: 'UTC', windows: [{ days: [1], from: '08:00', to: '09:00' }], criticalThrough: false };
    const made = { ...newFields('a', 'UTC', 'en'), name: 'Desk', kind: 'mqtt', isQuiet: true, quiet };
    const body = bodyOf({ ...made, config: { topic: 'a/b' } });
    expect(bodyOf(fieldsOf(body as unknown as Channel, 'UTC'))).toEqual(body);
  });
});
