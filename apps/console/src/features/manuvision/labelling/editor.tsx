import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { tilePath } from '../shared/paths.ts';
import { useClassName } from '../shared/use-class-name.ts';
import type { PartPicture, PictureLabels } from '../types.ts';
import { MaskLayer } from './canvas/mask-layer.ts';
import { PictureStage } from './canvas/picture-stage.tsx';
import { TileStore } from './canvas/tile-store.ts';
import { ViewStore } from './canvas/view-store.ts';
import { CompareView } from './compare/compare-view.tsx';
import styles from './labelling.module.css';
import { paintEditor } from './paint-editor.ts';
import { ConflictBar } from './panels/conflict-bar.tsx';
import { EditorBar } from './panels/editor-bar.tsx';
import { SidePanel } from './panels/side-panel.tsx';
import { SuggestionBar } from './panels/suggestion-bar.tsx';
import { sayDefect } from './session/edit.ts';
import type { LabelSession } from './session/label-session.ts';
import { takeSuggestions } from './tools/take-suggestions.ts';
import type { Tool } from './tools/tool.ts';
import { useDrawingTool } from './tools/use-tools.ts';
import { useWand } from './tools/use-wand.ts';
import type { useClassList } from './use-class-list.ts';
import { useEditorCommands } from './use-editor-commands.ts';
import { useSuggestions } from './use-suggestions.ts';
import type { ToolSettings } from './use-tool-settings.ts';
import { useWorkbench } from './use-workbench.ts';

interface EditorProps {
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
  // A click of the others paints.
  const takes = settings.tool === 'select' || settings.tool === 'box';
  const working = takes ? takeSuggestions(base, bench, suggestions) : base;
  const tool: Tool = {
    ...working,
    hover(at) {
      hover(at);
      working.hover?.(at);
    },
  };

  const commands = useEditorCommands({
    ...{ session, views, settings, classes, suggestions, brush, chosen, writes, compares, choose },
    tool: base,
    endComparing: () => setComparing(false),
    toggleRegions: () => setHidden(!isHidden),
    onMove: props.onMove,
    onHelp: props.onHelp,
  });

  const paint = (context: CanvasRenderingContext2D, ratio: number) =>
    paintEditor(context, layer, {
      ...{ isHidden, view: views.view, ratio, chosen, colourOf },
      labels: now.current.draft ?? session.labels,
      nameOf: classText,
      hasHandles: settings.tool === 'select' && writes,
      suggestions: suggestions.items.map((region) => ({
        ...{ ...region, isChosen: region === suggestions.current },
        tag: `${classText(region.class)} ${format.number(region.score, 2)}`,
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
        onChooseClass={commands.chooseClass}
        onAddClass={commands.addClass}
        onChoose={commands.goToRegion}
        onRemove={commands.remove}
        onSay={commands.say}
        onPictureClass={(name) => session.change(sayDefect(session.labels, name))}
        onCompare={() => setComparing(!isComparing)}
      />
    </>
  );
}
