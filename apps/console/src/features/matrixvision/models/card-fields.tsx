import { Collapse, Input, InputNumber, Segmented, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNote } from '../../../app/i18n/use-note.ts';
import { JsonField } from '../../cloud/sources/json-field.tsx';
import {
  type CardDraft,
  type CardProblem,
  classesFrom,
  classesText,
  type HeadId,
  headOf,
  heads,
  inputOf,
  type NormalisationId,
  normalisationOf,
  normalisations,
  problemsOfCard,
  withHead,
  withInput,
} from './card-draft.ts';
import styles from './models.module.css';

interface CardFieldsProps {
  readonly card: CardDraft;
  onChange(card: CardDraft): void;
}

const wide = { width: '100%' };

/** A model card as a form: what most networks differ in has a field, and the whole of it can be edited as JSON. */
export function CardFields({ card, onChange }: CardFieldsProps) {
  const { t } = useTranslation();
  const problems = problemsOfCard(card);
  const input = inputOf(card);
  const size = (input.size ?? {}) as { width?: number; height?: number; multiple?: number; longSide?: number };
  const isFree = 'multiple' in size;
  const change = (members: CardDraft) => onChange({ ...card, ...members });
  const changeInput = (members: CardDraft) => onChange(withInput(card, members));
  const of = (...paths: string[]) => problems.filter(({ path }) => paths.some((start) => path.startsWith(start)));
  const choice = <T extends string>(value: unknown, options: readonly T[], label: string, set: (next: T) => void) => (
    <Segmented<string>
      aria-label={label}
      value={String(value)}
      options={options.map((one) => ({ value: one, label: one.toUpperCase() }))}
      onChange={(next) => set(next as T)}
    />
  );
  return (
    <>
      <div className={styles.pair}>
        <Field label={t('video.models.name')} problems={of('name')}>
          {(id) => (
            <Input id={id} value={String(card.name ?? '')} onChange={({ target }) => change({ name: target.value })} />
          )}
        </Field>
        <Field label={t('video.models.cardVersion')} problems={of('version')}>
          {(id) => (
            <Input
              id={id}
              value={String(card.version ?? '')}
              onChange={({ target }) => change({ version: target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t('video.models.head')} problems={of('output')}>
        {(id) => (
          <Select<HeadId>
            id={id}
            style={wide}
            value={headOf(card) ?? null}
            placeholder={t('video.models.headNone')}
            onChange={(head) => onChange(withHead(card, head))}
            options={heads.map((head) => ({ value: head.id, label: t(`video.models.heads.${head.id}`) }))}
          />
        )}
      </Field>
      <Field label={t('video.models.classes')} problems={of('classes')} hint={t('video.models.classesHint')}>
        {(id) => <ClassesField id={id} card={card} onChange={(classes) => change({ classes })} />}
      </Field>
      <div className={styles.pair}>
        <Field label={t('video.models.width')} problems={of('input.size.width', 'input.size.longSide')}>
          {(id) => (
            <InputNumber<number>
              id={id}
              style={wide}
              min={16}
              max={4096}
              value={(isFree ? size.longSide : size.width) ?? null}
              onChange={(width) => changeInput({ size: { ...size, [isFree ? 'longSide' : 'width']: width } })}
            />
          )}
        </Field>
        {!isFree && (
          <Field label={t('video.models.height')} problems={of('input.size.height')}>
            {(id) => (
              <InputNumber<number>
                id={id}
                style={wide}
                min={16}
                max={4096}
                value={size.height ?? null}
                onChange={(height) => changeInput({ size: { ...size, height } })}
              />
            )}
          </Field>
        )}
      </div>
      <Field label={t('video.models.normalisation')} problems={of('input.scale', 'input.mean', 'input.deviation')}>
        {(id) => (
          <Select<NormalisationId>
            id={id}
            style={wide}
            disabled={input.type === 'uint8'}
            value={normalisationOf(card) ?? null}
            placeholder={t('video.models.normalisationOther')}
            onChange={(next) => changeInput(normalisations[next])}
            options={(Object.keys(normalisations) as NormalisationId[]).map((value) => ({
              value,
              label: t(`video.models.normalisations.${value}`),
            }))}
          />
        )}
      </Field>
      <div className={styles.pair}>
        <Field label={t('video.models.colour')} problems={of('input.colour')}>
          {() =>
            choice(input.colour ?? 'rgb', ['rgb', 'bgr'], t('video.models.colour'), (colour) => changeInput({ colour }))
          }
        </Field>
        <Field label={t('video.models.layout')} problems={of('input.layout')}>
          {() => choice(input.layout, ['nchw', 'nhwc'], t('video.models.layout'), (layout) => changeInput({ layout }))}
        </Field>
      </div>
      <div className={styles.pair}>
        <Field label={t('video.models.fit')} problems={of('input.fit')}>
          {(id) => (
            <Select
              id={id}
              style={wide}
              value={String(input.fit ?? 'letterbox')}
              onChange={(fit) => changeInput({ fit })}
              options={(['letterbox', 'stretch'] as const).map((value) => ({
                value,
                label: t(`video.models.fits.${value}`),
              }))}
            />
          )}
        </Field>
        <Field label={t('video.cameras.threshold')} problems={of('threshold')}>
          {(id) => (
            <InputNumber<number>
              id={id}
              style={wide}
              min={0.001}
              max={0.999}
              step={0.05}
              value={typeof card.threshold === 'number' ? card.threshold : 0.3}
              onChange={(threshold) => change({ threshold: threshold ?? undefined })}
            />
          )}
        </Field>
      </div>
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: 'json',
            label: t('video.models.json'),
            children: <CardJson card={card} onChange={onChange} />,
          },
        ]}
      />
      <OtherProblems problems={problems} />
    </>
  );
}

/** The text as it is typed; it follows the card only where the card says something else. */
function ClassesField({ id, card, onChange }: { id: string; card: CardDraft; onChange(classes: unknown): void }) {
  const [text, setText] = useState(() => classesText(card));
  const wanted = classesText(card);
  const said = classesText({ classes: classesFrom(text) });
  return (
    <Input.TextArea
      id={id}
      autoSize={{ minRows: 2, maxRows: 8 }}
      value={said === wanted ? text : wanted}
      onChange={({ target }) => {
        setText(target.value);
        onChange(classesFrom(target.value));
      }}
    />
  );
}

/** What has no field above. Begins anew when the card was changed elsewhere. */
function CardJson({ card, onChange }: CardFieldsProps) {
  const [edited, setEdited] = useState<{ readonly card: CardDraft; readonly turn: number }>({ card, turn: 0 });
  if (edited.card !== card) setEdited({ card, turn: edited.turn + 1 });
  const change = (next: unknown) => {
    if (typeof next !== 'object' || next === null) return;
    // Its own text stays as it is typed.
    setEdited({ card: next as CardDraft, turn: edited.turn });
    onChange(next as CardDraft);
  };
  return <JsonField key={edited.turn} value={card} onChange={change} />;
}

interface FieldProps {
  readonly label: string;
  readonly problems: readonly CardProblem[];
  readonly hint?: string;
  children(id: string): ReactNode;
}

function Field({ label, problems, hint, children }: FieldProps) {
  const id = useId();
  const say = useNote();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <span className="faint">{hint}</span>}
      {problems.map((problem) => (
        <em key={`${problem.path} ${problem.code}`} role="alert">
          <code>{problem.path}</code> {say(problem)}
        </em>
      ))}
    </div>
  );
}

/** Places that have no field of their own. */
function OtherProblems({ problems }: { problems: readonly CardProblem[] }) {
  const say = useNote();
  const shown = ['name', 'version', 'output', 'classes', 'threshold', 'input.size.', 'input.scale', 'input.mean'];
  const others = problems.filter(
    ({ path }) =>
      ![...shown, 'input.deviation', 'input.colour', 'input.layout', 'input.fit'].some((start) =>
        path.startsWith(start),
      ),
  );
  if (others.length === 0) return null;
  return (
    <ul className={styles.problems} role="alert">
      {others.map((problem) => (
        <li key={`${problem.path} ${problem.code}`}>
          <code>{problem.path}</code> {say(problem)}
        </li>
      ))}
    </ul>
  );
}
