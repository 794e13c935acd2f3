import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AutoComplete, Button, Checkbox, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import type { paths } from '../../../api/generated/schema.d.ts';
import type { Point } from '../../../api/types.ts';
import { useNotify } from '../../../components/use-notify.ts';
import { useWord } from '../use-word.ts';
import { carriers, quantities } from '../words.ts';
import { PlaceSelect } from './place-select.tsx';

type PointChange = NonNullable<paths['/api/cloud/points/{id}']['patch']['requestBody']>['content']['application/json'];

function useChangePoint(id: string) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: (body: PointChange) => answer(api.PATCH('/api/cloud/points/{id}', { params: { path: { id } }, body })),
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: ['cloud', 'points'] }),
  });
}

/** What is known of a point; what is wrong here is wrong in every figure made from it. */
export function PointEdit({ point, onClose }: { point: Point; onClose(): void }) {
  const { t } = useTranslation();
  const word = useWord();
  const change = useChangePoint(point.id);
  const words = (kind: 'carrier' | 'quantity', codes: readonly string[]) =>
    codes.map((value) => ({ value, label: `${word(kind, value)} (${value})` }));
  const number = (name: keyof PointChange, extra: string) => (
    <Form.Item name={name} label={t(`cloud.points.${name}`)} extra={extra}>
      <InputNumber style={{ width: '100%' }} />
    </Form.Item>
  );
  return (
    <Drawer open size={440} title={point.name} onClose={onClose}>
      <Form<PointChange>
        layout="vertical"
        initialValues={point}
        onFinish={(fields) => void change.mutateAsync(fields).then(onClose, () => undefined)}
      >
        <Form.Item name="name" label={t('cloud.points.name')} rules={[{ required: true }]}>
          <Input autoFocus />
        </Form.Item>
        <Form.Item
          name="unit"
          label={t('cloud.points.unit')}
          extra={t('cloud.points.unitHint')}
          rules={[{ required: true }]}
        >
          <Input />
        </Form.Item>
        <Form.Item name="nodeId" label={t('cloud.points.place')} extra={t('cloud.points.placeHint')}>
          <PlaceSelect siteId={point.siteId} />
        </Form.Item>
        <Form.Item name="kind" label={t('cloud.points.kind')}>
          <Select
            options={(['gauge', 'delta', 'counter'] as const).map((value) => ({
              value,
              label: `${t(`cloud.pointKind.${value}`)}: ${t(`cloud.pointKindHint.${value}`)}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="stamp" label={t('cloud.points.stamp')}>
          <Select options={(['start', 'end'] as const).map((value) => ({ value, label: t(`cloud.stamp.${value}`) }))} />
        </Form.Item>
        <Form.Item name="carrier" label={t('cloud.points.carrier')}>
          <AutoComplete options={words('carrier', carriers)} allowClear />
        </Form.Item>
        <Form.Item name="quantity" label={t('cloud.points.quantity')}>
          <AutoComplete options={words('quantity', quantities)} allowClear />
        </Form.Item>
        {number('intervalSeconds', t('cloud.points.intervalHint'))}
        {number('minimum', t('cloud.points.rangeHint'))}
        {number('maximum', t('cloud.points.rangeHint'))}
        {number('registerMaximum', t('cloud.points.registerHint'))}
        {number('retentionDays', t('cloud.points.retentionHint'))}
        <Form.Item name="mainMeter" valuePropName="checked" extra={t('cloud.points.mainHint')}>
          <Checkbox>{t('cloud.points.mainMeter')}</Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('actions.save')}
        </Button>
      </Form>
    </Drawer>
  );
}
