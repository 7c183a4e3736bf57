import { expect, it } from 'vitest'
import { reportUncaught } from './reportUncaught.ts'

it('reports errors and rejections that nobody caught, but not remarks on layout', () => {
  const page = new EventTarget()
  const told: string[] = []
  reportUncaught(page, ({ message }) => told.push(message))
  const raise = (type: string, fields: object) => page.dispatchEvent(Object.assign(new Event(type), fields))
  raise('error', { message: 'Uncaught Error: broken', error: new Error('broken') })
  raise('error', { message: 'Script error.', error: null })
  raise('error', { message: 'ResizeObserver loop completed with undelivered notifications.', error: null })
  raise('error', { message: 'ResizeObserver loop limit exceeded', error: null })
  raise('unhandledrejection', { reason: new Error('refused') })
  expect(told).toEqual(['broken', 'Script error.', 'refused'])
})
