import { isTopicName } from '@millwright/bus';
import { describe, expect, it } from 'vitest';
import { sampleAlert, sampleMessage } from '../support/sample-message.ts';
import { isReserved, isTemplate, topicOf } from './topic-template.ts';

describe('a topic template', () => {
  it.each(['plant/alerts', 'plant/{site}/{severity}', 'a'])('%s can be used', (one) =>
    expect(isTemplate(one)).toBe(true),
  );
  it.each(['{site}/a', '/a', 'a{site}/b', 'a/+', 'a/#', 'a/{nobody}', 'a/{}', ''])('%s cannot', (one) =>
    expect(isTemplate(one)).toBe(false),
  );
  it.each(['$SYS/x', 'spBv1.0/g/NCMD/n', 'spBv1.0', 'millwright/edge/1/down'])('%s belongs to others', (one) =>
    expect(isReserved(one)).toBe(true),
  );
  it('may begin like one of others', () => expect(isReserved('millwright/edges')).toBe(false));
});

describe('the topic of a message', () => {
  const template = 'plant/{channel}/{site}/{module}/{kind}/{severity}/{subject}';

  it('has what all its alerts have', () =>
    expect(topicOf(template, sampleMessage({ alerts: [sampleAlert(), sampleAlert()] }))).toBe(
      'plant/Safety desk/Qingdao/matrixvision/line-crossed/alarm/rule-7',
    ));

  it('says where they differ', () => {
    const alerts = [sampleAlert({ site: null }), sampleAlert({ subject: 'rule-8', kind: 'person-down' })];
    expect(topicOf(template, sampleMessage({ alerts }))).toBe('plant/Safety desk/mixed/matrixvision/mixed/alarm/mixed');
  });

  it('stays one topic whatever names are in it', () => {
    const site = { id: '1', name: '../a/#/+\0', timezone: 'UTC' };
    const topic = topicOf(template, sampleMessage({ alerts: [sampleAlert({ site, subject: 'x/{kind}' })] }));
    expect(topic.split('/')).toHaveLength(7);
    expect(isTopicName(topic)).toBe(true);
  });
});
