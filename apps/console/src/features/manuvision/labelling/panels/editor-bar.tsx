import {
  FullscreenOutlined,
  LoadingOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
  UndoOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { Button, Slider, Tooltip } from 'antd';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../app/i18n/use-format.ts';
import type { ViewStore } from '../canvas/view-store.ts';
import { toolKeys } from '../keys.ts';
import styles from '../labelling.module.css';
import type { LabelSession, Snapshot } from '../session/label-session.ts';
import { toolNames } from '../tools/tool.ts';
import { ToolIcon } from '../tools/tool-icons.tsx';
import type { ToolSettings } from '../use-tool-settings.ts';

interface EditorBarProps {
  readonly settings: ToolSettings;
  readonly session: LabelSession;
  readonly snapshot: Snapshot;
  readonly views: ViewStore;
  readonly brush: number;
  readonly writes: boolean;
  readonly isFilling: boolean;
  onHelp(): void;
}

/** Tools, steps, nearness and help, above the picture. */
export function EditorBar(props: EditorBarProps) {
  const { settings, session, snapshot, views, writes } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const scale = useSyncExternalStore(views.subscribe, views.scale);
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('labelling.tools')}>
      {writes && (
        <>
          <span className={styles.group}>
            {toolNames.map((tool) => (
              <IconButton
                key={tool}
                text={t(`labelling.tool.${tool}`)}
                keys={toolKeys[tool].toUpperCase()}
                icon={<ToolIcon tool={tool} />}
                isOn={settings.tool === tool}
                onClick={() => settings.setTool(tool)}
              />
            ))}
          </span>
          <ToolSlider {...props} />
          <span className={styles.group}>
            <IconButton
              text={t('actions.undo')}
              keys="Ctrl Z"
              icon={<UndoOutlined />}
              isOff={snapshot.stack.past.length === 0}
              onClick={() => session.undo()}
            />
            <IconButton
              text={t('labelling.redo')}
              keys="Ctrl Shift Z"
              icon={<RedoOutlined />}
              isOff={snapshot.stack.future.length === 0}
              onClick={() => session.redo()}
            />
          </span>
        </>
      )}
      <span className={styles.group} data-end>
        <IconButton
          text={t('labelling.zoomOut')}
          keys="−"
          icon={<ZoomOutOutlined />}
          onClick={() => views.zoom(1 / 1.5)}
        />
        <output className={styles.scale}>{format.percent(scale * devicePixelRatio, 0)}</output>
        <IconButton text={t('labelling.zoomIn')} keys="+" icon={<ZoomInOutlined />} onClick={() => views.zoom(1.5)} />
        <IconButton text={t('labelling.fit')} keys="F" icon={<FullscreenOutlined />} onClick={() => views.fit()} />
        <IconButton text={t('labelling.oneToOne')} keys="O" icon={<b>1:1</b>} onClick={() => views.oneToOne()} />
        <IconButton
          text={t('labelling.help.title')}
          keys="?"
          icon={<QuestionCircleOutlined />}
          onClick={props.onHelp}
        />
      </span>
    </div>
  );
}

/** Size of the brush, or tolerance of the wand. */
function ToolSlider({ settings, brush, isFilling }: EditorBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tool } = settings;
  if (tool === 'brush' || tool === 'eraser')
    return (
      <span className={styles.slider}>
        <span>{t('labelling.brush', { n: format.number(brush, 0) })}</span>
        <Slider
          min={0}
          max={100}
          // Small sizes are told apart, large ones are reached.
          value={(Math.log(brush) / Math.log(500)) * 100}
          onChange={(share) => settings.setBrush(500 ** (share / 100))}
          tooltip={{ open: false }}
          ariaLabelForHandle={t('labelling.brushSize')}
        />
      </span>
    );
  if (tool !== 'wand') return null;
  return (
    <span className={styles.slider}>
      <span>
        {isFilling && <LoadingOutlined />} {t('labelling.tolerance', { n: format.number(settings.tolerance, 0) })}
      </span>
      <Slider
        min={0}
        max={128}
        value={settings.tolerance}
        onChange={settings.setTolerance}
        tooltip={{ open: false }}
        ariaLabelForHandle={t('labelling.toleranceName')}
      />
    </span>
  );
}

interface IconButtonProps {
  readonly text: string;
  readonly keys: string;
  readonly icon: ReactNode;
  readonly isOn?: boolean;
  readonly isOff?: boolean;
  onClick(): void;
}

function IconButton({ text, keys, icon, isOn, isOff = false, onClick }: IconButtonProps) {
  return (
    <Tooltip
      title={
        <>
          {text} <kbd>{keys}</kbd>
        </>
      }
      mouseEnterDelay={0.4}
    >
      <Button
        type="text"
        size="small"
        icon={icon}
        aria-label={text}
        aria-pressed={isOn}
        className={styles.icon!}
        disabled={isOff}
        onClick={onClick}
      />
    </Tooltip>
  );
}
