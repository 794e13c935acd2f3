import { newId } from '@millwright/kernel';
import type { OutgoingAlert, OutgoingMessage } from '../../outgoing-message.ts';

const site = { id: '01980000-0000-7000-8000-000000000001', name: 'Qingdao', timezone: 'Asia/Shanghai' };

export const sampleAlert = (change: Partial<OutgoingAlert> = {}): OutgoingAlert => ({
  id: newId(),
  module: 'matrixvision',
  kind: 'line-crossed',
  severity: 'alarm',
  site,
  subject: 'rule-7',
  title: 'Gate 3 crossed',
  text: 'A person crossed the line at gate 3.',
  at: new Date('2026-03-02T14:30:00Z'),
  link: '/matrixvision/events/1',
  url: 'https://millwright.example/matrixvision/events/1',
  details: { camera: 'gate-3' },
  picture: null,
  ...change,
});

export const sampleMessage = (change: Partial<OutgoingMessage> = {}): OutgoingMessage => {
  const alerts = change.alerts ?? [sampleAlert()];
  return {
    id: newId(),
    purpose: 'alerts',
    digest: false,
    createdAt: new Date('2026-03-02T14:30:20Z'),
    channel: { id: '01980000-0000-7000-8000-0000000000aa', name: 'Safety desk' },
    language: 'en',
    severity: alerts[0]!.severity,
    title: alerts[0]!.title,
    ...change,
    alerts,
  };
};
