import { ORIENTATIONS } from '../../domain/geometry/viewPlane.ts'
import { always, type Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import {
  activePane,
  activeTool,
  hasStudy,
  isCancellable,
  isCrosshairShown,
  isRecording,
  isVoiceAsking,
  maximisedPaneId,
  nextPane,
  openDrawer,
  openEarlierId,
  paneOfPlane,
} from '../stateReads.ts'

function activateNext({ get, actions }: CommandContext): void {
  const { id } = nextPane(get())
  if (maximisedPaneId(get())) actions.maximisePane(id)
  actions.activatePane(id)
}

/** A recording ends first; then what lies over the views goes; then back to navigation; then all views come again where one is large; else an end to what is under way. */
function goBack({ get, actions }: CommandContext): void {
  const drawer = openDrawer(get())
  if (isVoiceAsking(get())) actions.answerVoice(false)
  else if (isRecording(get())) actions.stopVideo()
  else if (drawer) actions.togglePanel(drawer)
  else if (activeTool(get()) !== 'navigate') actions.chooseTool('navigate')
  else if (maximisedPaneId(get())) actions.maximisePane(null)
  else if (openEarlierId(get()) !== null && !isCancellable(get())) actions.openEarlierReport(null)
  else actions.cancelWork()
}

export const commands: readonly Command[] = [
  {
    id: 'views.next',
    title: 'Next view',
    group: 'Scroll and view',
    keys: ['v'],
    when: hasStudy,
    run: activateNext,
    phrases: ['<show> (the) next [view|pane|viewport]'],
  },
  {
    id: 'views.large',
    title: 'Active view large, or all views',
    group: 'Scroll and view',
    keys: ['f'],
    when: hasStudy,
    run: ({ get, actions }) => actions.maximisePane(maximisedPaneId(get()) ? null : activePane(get()).id),
    phrases: [
      {
        say: ['make (it|this|the) (view|pane) large', 'full size', '[maximise|enlarge] (this|the) (view|pane)'],
        when: (state) => maximisedPaneId(state) === null,
      },
      {
        say: ['(show) all views', 'make it small (again)', '[restore|shrink] the view'],
        when: (state) => maximisedPaneId(state) !== null,
      },
    ],
    undo: 'views.large',
  },
  {
    id: 'views.show',
    title: 'Show one view large',
    group: 'Scroll and view',
    keys: [],
    slots: {
      view: {
        title: 'View',
        options: () => ORIENTATIONS.map((value) => ({ value, title: value[0].toUpperCase() + value.slice(1) })),
      },
    },
    when: hasStudy,
    run({ get, actions }, { view }) {
      const plane = ORIENTATIONS.find((one) => one === view)
      const pane = plane && paneOfPlane(get(), plane)
      if (pane) actions.maximisePane(pane.id)
    },
    phrases: ['<show> (the) {view} (view|plane|images) (large)'],
    undo: 'views.back',
  },
  {
    id: 'views.back',
    title: 'Back to navigation and all views, or cancel what is under way',
    group: 'Scroll and view',
    keys: ['Escape'],
    when: (state) =>
      isVoiceAsking(state) ||
      isRecording(state) ||
      openDrawer(state) !== null ||
      activeTool(state) !== 'navigate' ||
      maximisedPaneId(state) !== null ||
      openEarlierId(state) !== null ||
      isCancellable(state),
    run: goBack,
    phrases: ['(go) back', '(go) back to [all views|navigation]', 'cancel (that|it)', 'stop (that|it)', 'escape'],
  },
  {
    id: 'views.reset',
    title: 'Reset zoom, position and crosshair',
    group: 'Scroll and view',
    keys: ['r'],
    when: hasStudy,
    run: ({ actions }) => actions.resetView(),
    phrases: ['reset (the) [view|views|zoom|zoom and pan|pan|everything in the view|picture]'],
  },
  {
    id: 'views.crosshair',
    title: 'Crosshair on or off',
    group: 'Scroll and view',
    keys: ['x'],
    when: always,
    run: ({ actions }) => actions.toggleCrosshair(),
    phrases: [
      { say: ['[show|turn on|switch on] (the) crosshair', 'crosshair on'], when: (state) => !isCrosshairShown(state) },
      { say: ['<off> (the) crosshair', 'crosshair off'], when: isCrosshairShown },
      '(toggle) (the) crosshair',
    ],
    undo: 'views.crosshair',
  },
  {
    id: 'views.magnifier',
    title: 'Magnifier at the pointer, on or off',
    group: 'Scroll and view',
    keys: ['Alt+m'],
    when: hasStudy,
    run: ({ actions }) => actions.toggleMagnifier(),
    phrases: [
      '<on> (the) [magnifier|magnifying glass] (on)',
      '<off> (the) [magnifier|magnifying glass]',
      '[magnifier|magnifying glass] [on|off]',
      'magnifier',
      'magnify',
    ],
    undo: 'views.magnifier',
  },
  {
    id: 'views.fullScreen',
    title: 'Full screen, or the window again',
    group: 'Scroll and view',
    keys: ['Shift+v'],
    when: always,
    run: ({ actions }) => actions.toggleFullScreen(),
    phrases: ['<on> (go|use|leave) (the) [full screen|whole screen]'],
    undo: 'views.fullScreen',
  },
  {
    id: 'views.bare',
    title: 'The pictures alone, or with all that lies over them',
    group: 'Scroll and view',
    keys: ['u'],
    when: hasStudy,
    run: ({ actions }) => actions.toggleBare(),
    phrases: [
      {
        say: ['hide (all|the) [overlays|everything|text|labels]', '(show) (the) pictures [alone|only]'],
        when: (state) => !state.view.isBare,
      },
      { say: ['show (all|the) [overlays|everything|text|labels] (again)'], when: (state) => state.view.isBare },
    ],
    undo: 'views.bare',
  },
]
