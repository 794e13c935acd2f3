import { CameraOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Image, Input, InputNumber, Modal, Select, Space, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import { upload } from '../../cloud/import/upload.ts';
import { orderTones, verdictWords } from '../tones.ts';
import type { OrderDetail } from '../types.ts';
import {
  useAddPart,
  useAddTime,
  useChangeOrder,
  useComment,
  useMove,
  useOrder,
  useOrderHistory,
  usePeople,
  useRemovePhoto,
  useTick,
} from '../use-orion.ts';

/** One work order, for whoever does it: large enough for a finger on a tablet. */
export function OrderPage() {
  const { id = '' } = useParams();
  const { data: order, error, refetch } = useOrder(id);
  if (error) return <ErrorNotice page error={error} onRetry={() => void refetch()} />;
  return order ? <Shown order={order} /> : <Splash />;
}

function Shown({ order }: { order: OrderDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const [closing, setClosing] = useState(false);
  const move = useMove();
  const change = useChangeOrder(order.id);
  const tick = useTick(order.id);
  const people = usePeople(order.siteId);
  const { state, timezone } = order;
  const unfinished = state === 'open' || state === 'in-progress';
  const [works, manages] = [may('cloud.order.work'), may('cloud.order.manage')];
  const step = (to: OrderDetail['state'], word: string) => (
    <Button onClick={() => move.mutate({ id: order.id, state: to })}>{word}</Button>
  );
  return (
    <>
      <PageHeader page="order" title={`${order.number} ${order.title}`}>
        <Space wrap>
          {works && state === 'open' && step('in-progress', t('health.begin'))}
          {works && unfinished && (
            <Button type="primary" onClick={() => setClosing(true)}>
              {t('health.close')}
            </Button>
          )}
          {works && state === 'in-progress' && step('open', t('health.putBack'))}
          {manages && unfinished && step('cancelled', t('health.cancel'))}
          {manages && state === 'done' && step('in-progress', t('health.reopen'))}
          {manages && state === 'cancelled' && step('open', t('health.reopen'))}
        </Space>
      </PageHeader>
      <FigureStrip
        figures={[
          {
            key: 'state',
            label: t('health.state'),
            value: <StateMark tone={orderTones[state]}>{t(`health.orderState.${state}`)}</StateMark>,
          },
          {
            key: 'asset',
            label: t('health.asset'),
            value: <span data-raw>{order.nodeName}</span>,
            note: <span data-raw>{order.siteName}</span>,
          },
          {
            ...{ key: 'owner', label: t('health.owner') },
            value:
              manages && unfinished ? (
                <Select
                  aria-label={t('health.owner')}
                  style={{ minWidth: 140 }}
                  allowClear
                  value={order.owner?.id}
                  onChange={(ownerId?: string) => change.mutate({ ownerId: ownerId ?? null })}
                  options={(people.data ?? []).map(({ id, name, displayName }) => ({
                    value: id,
                    label: displayName || name,
                  }))}
                />
              ) : (
                <span data-raw>{order.owner?.name ?? '–'}</span>
              ),
          },
          {
            key: 'due',
            label: t('health.due'),
            value: order.dueAt ? format.minute(order.dueAt, timezone) : '–',
            ...(order.overdue && { tone: 'bad' as const, note: t('health.overdue') }),
          },
          { key: 'priority', label: t('health.priority'), value: t(`health.priorities.${order.priority}`) },
          {
            ...{ key: 'source', label: t('health.source') },
            value: order.source?.link ? (
              <Link to={order.source.link} data-raw>
                {order.source.title || t('health.openSource')}
              </Link>
            ) : (
              '–'
            ),
            ...(order.findingId && { note: <EvidenceLink id={order.findingId} /> }),
          },
        ]}
      />
      {order.outcome && (
        <Panel title={t('health.outcome')}>
          <p>
            <strong>{t('health.cause')}</strong> <span data-raw>{order.outcome.cause}</span>
          </p>
          <p>
            <strong>{t('health.action')}</strong> <span data-raw>{order.outcome.action}</span>
          </p>
          {order.outcome.verdict && (
            <p>
              <strong>{t('health.verdict')}</strong> {t(`health.verdicts.${order.outcome.verdict}`)}
            </p>
          )}
        </Panel>
      )}
      {order.description && (
        <Panel>
          <p className="wrap" data-raw>
            {order.description}
          </p>
        </Panel>
      )}
      {order.checklist.length > 0 && (
        <Panel title={t('health.checklist')} extra={`${order.checked}/${order.toCheck}`}>
          <div style={{ display: 'grid', gap: 12 }}>
            {order.checklist.map(({ id, text, done }) => (
              <Checkbox
                key={id}
                style={{ paddingBlock: 6 }}
                checked={done !== null}
                disabled={!works || !unfinished}
                onChange={({ target }) => tick.mutate({ item: id, done: target.checked })}
              >
                <span data-raw>{text}</span>{' '}
                {done && (
                  <small className="faint">
                    <span data-raw>{done.by}</span> {format.minute(done.at, timezone)}
                  </small>
                )}
              </Checkbox>
            ))}
          </div>
        </Panel>
      )}
      <Photos order={order} editable={works && unfinished} />
      <Spent order={order} editable={works && unfinished} />
      <Said order={order} editable={works} />
      {closing && <Close order={order} onClose={() => setClosing(false)} />}
    </>
  );
}

function Photos({ order, editable }: { order: OrderDetail; editable: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { failed } = useNotify();
  const remove = useRemovePhoto(order.id);
  if (!editable && order.photos.length === 0) return null;
  return (
    <Panel
      title={t('health.photos')}
      extra={
        editable && (
          <Upload
            accept="image/jpeg,image/png,image/webp"
            multiple
            showUploadList={false}
            customRequest={async ({ file }) => {
              const picture = file as File;
              const path = `/api/cloud/orders/${order.id}/photos?name=${encodeURIComponent(picture.name)}`;
              try {
                await upload(path, picture, { onProgress: () => undefined, signal: new AbortController().signal });
                await client.invalidateQueries({ queryKey: ['orion', 'orders'] });
              } catch (error) {
                failed(error);
              }
            }}
          >
            <Button icon={<CameraOutlined />}>{t('health.addPhoto')}</Button>
          </Upload>
        )
      }
    >
      {order.photos.length === 0 && <p className="faint">{t('health.noPhotos')}</p>}
      <Space wrap>
        {order.photos.map(({ hash, name, by }) => (
          <figure key={hash} style={{ margin: 0 }}>
            <Image
              width={160}
              height={120}
              style={{ objectFit: 'cover' }}
              alt={name}
              src={`/api/cloud/orders/${order.id}/photos/${hash}`}
            />
            <figcaption className="faint" data-raw>
              {by}{' '}
              {editable && (
                <Button type="link" size="small" onClick={() => remove.mutate(hash)}>
                  {t('health.remove')}
                </Button>
              )}
            </figcaption>
          </figure>
        ))}
      </Space>
    </Panel>
  );
}

function Spent({ order, editable }: { order: OrderDetail; editable: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [addPart, addTime] = [useAddPart(order.id), useAddTime(order.id)];
  const [part, setPart] = useState('');
  const [quantity, setQuantity] = useState(1);
  const [minutes, setMinutes] = useState(15);
  if (!editable && order.parts.length === 0 && order.times.length === 0) return null;
  return (
    <Panel title={t('health.spent')} extra={t('health.minutesOf', { n: format.number(order.minutes) })}>
      <ul>
        {order.parts.map(({ id, name, quantity: count, partNumber }) => (
          <li key={id} data-raw>
            {format.number(count)} × {name} {partNumber}
          </li>
        ))}
        {order.times.map(({ id, minutes: spent, by, note }) => (
          <li key={id}>
            {t('health.minutesOf', { n: format.number(spent) })}{' '}
            <span className="faint" data-raw>
              {by} {note}
            </span>
          </li>
        ))}
      </ul>
      {editable && (
        <Space wrap>
          <InputNumber
            aria-label={t('health.quantity')}
            min={0.001}
            value={quantity}
            onChange={(next) => setQuantity(next ?? 1)}
            style={{ width: 80 }}
          />
          <Input
            aria-label={t('health.part')}
            placeholder={t('health.part')}
            value={part}
            onChange={({ target }) => setPart(target.value)}
          />
          <Button
            disabled={!part.trim()}
            onClick={() => addPart.mutate({ name: part, quantity, partNumber: '' }, { onSuccess: () => setPart('') })}
          >
            {t('health.addPart')}
          </Button>
          <InputNumber
            aria-label={t('health.minutes')}
            min={1}
            max={14_400}
            value={minutes}
            onChange={(next) => setMinutes(next ?? 15)}
            style={{ width: 90 }}
          />
          <Button onClick={() => addTime.mutate({ minutes, note: '' })}>{t('health.addTime')}</Button>
        </Space>
      )}
    </Panel>
  );
}

function Said({ order, editable }: { order: OrderDetail; editable: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const comment = useComment(order.id);
  const history = useOrderHistory(order.id);
  const [text, setText] = useState('');
  return (
    <Panel title={t('health.comments')}>
      {order.comments.map(({ id, text: said, by, at }) => (
        <p key={id}>
          <strong data-raw>{by}</strong> <span className="faint">{format.minute(at, order.timezone)}</span>
          <br />
          <span className="wrap" data-raw>
            {said}
          </span>
        </p>
      ))}
      {editable && (
        <Space.Compact style={{ width: '100%', maxWidth: 640 }}>
          <Input
            aria-label={t('health.comment')}
            value={text}
            maxLength={4000}
            onChange={({ target }) => setText(target.value)}
          />
          <Button disabled={!text.trim()} onClick={() => comment.mutate(text, { onSuccess: () => setText('') })}>
            {t('health.say')}
          </Button>
        </Space.Compact>
      )}
      <details>
        <summary>{t('health.history')}</summary>
        <ul>
          {(history.data ?? []).map(({ id, type, by, at }) => (
            <li key={id}>
              {format.minute(at, order.timezone)} <span data-raw>{by}</span> {t(`health.acts.${actOf(type)}`)}{' '}
              <EvidenceLink id={id} />
            </li>
          ))}
        </ul>
      </details>
    </Panel>
  );
}

/** The last words of an action's type: `cloud.order-part-remove` is `part-remove`. */
const actOf = (type: string): string => type.slice(type.indexOf('order-') + 6);

function Close({ order, onClose }: { order: OrderDetail; onClose(): void }) {
  const { t } = useTranslation();
  const move = useMove();
  const [form] = Form.useForm<{ cause: string; action: string; verdict?: (typeof verdictWords)[number] }>();
  return (
    <Modal
      open
      title={t('health.close')}
      okText={t('health.close')}
      confirmLoading={move.isPending}
      onCancel={onClose}
      onOk={async () => {
        const { cause, action, verdict = null } = await form.validateFields();
        move.mutate({ id: order.id, state: 'done', outcome: { cause, action, verdict } }, { onSuccess: onClose });
      }}
    >
      <Form form={form} layout="vertical">
        <Form.Item name="cause" label={t('health.cause')} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Form.Item name="action" label={t('health.action')} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        {order.asksVerdict && (
          <Form.Item name="verdict" label={t('health.verdictQuestion')} rules={[{ required: true }]}>
            <Select options={verdictWords.map((value) => ({ value, label: t(`health.verdicts.${value}`) }))} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
