import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { isTyping } from '../../../app/shell/chord.ts';
import { useKeyDown } from '../../../components/use-key-down.ts';
import { tilePath } from '../shared/paths.ts';
import { useClassName } from '../shared/use-class-name.ts';
import type { PartPicture, PictureLabels } from '../types.ts';
import { MaskLayer } from './canvas/mask-layer.ts';
import { PictureStage } from './canvas/picture-stage.tsx';
import { TileStore } from './canvas/tile-store.ts';
import { ViewStore } from './canvas/view-store.ts';
import { CompareView } from './compare/compare-view.tsx';
import { moveShape, shapeBox } from './geometry/shape.ts';
import { commandOf } from './keys.ts';
import styles from './labelling.module.css';
import { paintEditor } from './paint-editor.ts';
import { ConflictBar } from './panels/conflict-bar.tsx';
import { EditorBar } from './panels/editor-bar.tsx';
import { SidePanel } from './panels/side-panel.tsx';
import { SuggestionBar } from './panels/suggestion-bar.tsx';
import { reclass, removeRegion, replaceShape, sayDefect, sayGood } from './session/edit.ts';
import type { LabelSession } from './session/label-session.ts';
import type { Tool } from './tools/tool.ts';
import { useDrawingTool } from './tools/use-tools.ts';
import { useWand } from './tools/use-wand.ts';
import type { useClassList } from './use-class-list.ts';
import { useSuggestions } from './use-suggestions.ts';
import type { ToolSettings } from './use-tool-settings.ts';
import { useWorkbench } from './use-workbench.ts';

export interface EditorProps {
  readonly datasetId: string;
  readonly picture: PartPicture;
  readonly session: LabelSession;
  readonly labels: PictureLabels;
  readonly settings: ToolSettings;
  readonly classes: ReturnType<typeof useClassList>;
  readonly colourOf: (name: string) => string;
  readonly writes: boolean;
  onMove(by: 1 | -1): void;
  onHelp(): void;
}

/** One picture with what is drawn on it. */
export function Editor(props: EditorProps) {
  const { datasetId, picture, session, labels: answer, settings, classes, colourOf, writes } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const classText = useClassName();
  const snapshot = useSyncExternalStore(session.subscribe, session.snapshot);
  const labels = snapshot.stack.present;
  const [views] = useState(() => new ViewStore(picture));
  const [layer] = useState(() => new MaskLayer());
  const [tiles] = useState(() => new TileStore((tile) => tilePath(datasetId, picture.id, tile)));
  useEffect(() => () => tiles.close(), [tiles]);
  const brush = settings.brushOf(picture);
  const {
    bench,
    repaint,
    chosen: asked,
    choose,
    now,
    hover,
  } = useWorkbench(session, views, {
    ...{ className: settings.className, brush },
  });
  // A step back may have taken it away.
  const chosen = labels.regions.some(({ id }) => id === asked) ? asked : undefined;
  const suggestions = useSuggestions(datasetId, picture.id, session);
  const [isHidden, setHidden] = useState(false);
  const [isComparing, setComparing] = useState(false);
  const compares = isComparing && answer.people.length > 1;

  // What somebody else saved is taken over, but not under the hand of who draws.
  const isDrawing = now.current.draft !== undefined;
  useEffect(() => {
    if (!isDrawing) session.received(answer);
  }, [session, answer, isDrawing]);

  const drawing = useDrawingTool(settings.tool === 'wand' ? 'select' : settings.tool, bench);
  const wand = useWand({ tiles, views, session, bench });
  const latestWand = useRef(wand);
  latestWand.current = wand;
  useEffect(() => latestWand.current.setTolerance(settings.tolerance), [settings.tolerance]);
  const base = settings.tool === 'wand' ? wand.tool : drawing;
  const hasRing = settings.tool === 'brush' || settings.tool === 'eraser';
  const tool: Tool = {
    ...base,
    down(pointer) {
      const hit = suggestions.items.find(({ shape }) => {
        const box = shapeBox(shape);
        const [x, y] = pointer.at;
        return box && x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;
      });
      // While something is proposed a click on it takes it; drawing elsewhere goes on.
      if (!hit || settings.tool !== 'select') return base.down(pointer);
      suggestions.accept(hit);
      return { move: () => undefined, end: () => undefined, cancel: () => undefined };
    },
    hover(at) {
      hover(at);
      base.hover?.(at);
    },
  };

  const chooseClass = (name: string) => {
    settings.setClass(name);
    if (chosen) session.change(reclass(session.labels, chosen, name));
  };
  const addClass = (name: string) => {
    classes.add(name);
    chooseClass(name);
  };
  const remove = (id: string | undefined) => {
    if (!id) return;
    session.change(removeRegion(session.labels, id));
    choose(undefined);
  };
  const say = (word: 'good' | 'defect') => {
    session.change(word === 'good' ? sayGood(session.labels) : sayDefect(session.labels, settings.className));
    session.confirm();
  };
  const goToRegion = (id: string | undefined) => {
    choose(id);
    const region = session.labels.regions.find((each) => each.id === id);
    const box = region && shapeBox(region.shape);
    if (box) views.show([box.x + box.width / 2, box.y + box.height / 2]);
  };
  const nextRegion = () => {
    const { regions } = session.labels;
    goToRegion(regions[(regions.findIndex(({ id }) => id === chosen) + 1) % Math.max(1, regions.length)]?.id);
  };
  const nudge = ([x, y]: readonly [number, number]) => {
    const region = session.labels.regions.find(({ id }) => id === chosen);
    if (region)
      session.change(
        replaceShape(session.labels, region.id, moveShape(region.shape, [x, y], picture)),
        `nudge ${region.id}`,
      );
  };
  const leave = () => {
    if (compares) setComparing(false);
    else if (base.cancel?.()) return;
    else if (suggestions.items.length > 0 || suggestions.verdict) suggestions.close();
    else choose(undefined);
  };
  const accept = () => {
    if (base.finish?.()) return;
    if (suggestions.current) return suggestions.accept(suggestions.current);
    session.confirm();
    props.onMove(1);
  };

  useKeyDown(
    (event) => {
      if (isTyping(event.target) || document.querySelector('[role=dialog]')) return;
      const command = commandOf(event, chosen !== undefined);
      const onButton = event.target instanceof HTMLElement && event.target.closest('button, a, [role=slider]');
      // A button that has the focus is pressed by Enter, a slider moved by arrows.
      if (!command || (onButton && /^(?:Enter|Arrow)/.test(event.key))) return;
      if (!run(command)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { first: true },
  );
  const run = (command: NonNullable<ReturnType<typeof commandOf>>): boolean => {
    switch (command.do) {
      case 'help':
        props.onHelp();
        return true;
      case 'fit':
        views.fit();
        return true;
      case 'oneToOne':
        views.oneToOne();
        return true;
      case 'zoom':
        views.zoom(command.factor);
        return true;
      case 'picture':
        props.onMove(command.by);
        return true;
      case 'leave':
        leave();
        return true;
      case 'hide':
        setHidden(!isHidden);
        return true;
      case 'nextRegion':
        nextRegion();
        return true;
      case 'save':
        void session.flush();
        return true;
    }
    if (!writes || compares) return false;
    switch (command.do) {
      case 'tool':
        settings.setTool(command.tool);
        break;
      case 'class':
        if (classes.names[command.index] !== undefined) chooseClass(classes.names[command.index]!);
        break;
      case 'nudge':
        nudge(command.by);
        break;
      case 'brush':
        settings.setBrush(command.factor > 1 ? Math.ceil(brush * command.factor) : Math.floor(brush * command.factor));
        break;
      case 'suggestion':
        suggestions.next(command.by);
        break;
      case 'good':
      case 'defect':
        say(command.do);
        break;
      case 'suggest':
        suggestions.ask();
        break;
      case 'accept':
        accept();
        break;
      case 'acceptAll':
        suggestions.acceptAll();
        break;
      case 'reject':
        suggestions.reject(suggestions.current);
        break;
      case 'back':
        if (!base.back?.()) remove(chosen);
        break;
      case 'remove':
        remove(chosen);
        break;
      case 'undo':
        session.undo();
        break;
      case 'redo':
        session.redo();
        break;
      case 'newClass':
        document.querySelector<HTMLElement>('[data-new-class]')?.focus();
        break;
    }
    return true;
  };

  const paint = (context: CanvasRenderingContext2D, ratio: number) =>
    paintEditor(context, layer, {
      ...{
        isHidden,
        labels: now.current.draft ?? session.labels,
        view: views.view,
        ratio,
        chosen,
        colourOf,
        nameOf: classText,
      },
      hasHandles: settings.tool === 'select' && writes,
      suggestions: suggestions.items.map((region) => ({
        ...region,
        tag: `${classText(region.class)} ${format.number(region.score, 2)}`,
        isChosen: region === suggestions.current,
      })),
      theirs: (snapshot.theirs?.regions ?? []).map((region) => ({ ...region, tag: classText(region.class) })),
      outline: now.current.outline,
      ring: hasRing && now.current.pointer ? { at: now.current.pointer, diameter: brush } : undefined,
      colour: colourOf(settings.className),
    });

  return (
    <>
      <div className={styles.centre}>
        <EditorBar
          {...{ settings, session, views, snapshot, brush, writes: writes && !compares, isFilling: wand.isFilling }}
          onHelp={props.onHelp}
        />
        {compares ? (
          <CompareView
            {...{ datasetId, picture, answer, tiles, views, writes }}
            onSettled={() => setComparing(false)}
          />
        ) : (
          <PictureStage
            {...{ tiles, views, paint, repaint }}
            tool={writes ? tool : undefined}
            label={t('labelling.stage', { name: picture.fileName, n: labels.regions.length })}
          >
            {snapshot.theirs && <ConflictBar session={session} answer={answer} />}
            {!snapshot.theirs && <SuggestionBar suggestions={suggestions} />}
          </PictureStage>
        )}
      </div>
      <SidePanel
        {...{ datasetId, picture, session, labels, answer, classes, colourOf, chosen, writes, compares, suggestions }}
        className={settings.className}
        onChooseClass={chooseClass}
        onAddClass={addClass}
        onChoose={goToRegion}
        onRemove={remove}
        onSay={say}
        onPictureClass={(name) => session.change(sayDefect(session.labels, name))}
        onCompare={() => setComparing(!isComparing)}
      />
    </>
  );
}
