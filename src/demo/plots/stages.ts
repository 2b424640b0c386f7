import type { Tale } from '../tale.ts'
import type { Telling } from './shape.ts'

// Each stage tells everything up to and including the step it is named for.

export async function* received(tale: Tale): Telling {
  yield tale.stage.clock.now()
  await tale.refer()
}

export async function* assigned(tale: Tale): Telling {
  yield* received(tale)
  yield tale.situation.priority === 'urgent' ? tale.after(0) : tale.after(0, 1)
  await tale.assign()
}

export async function* contacted(tale: Tale): Telling {
  yield* assigned(tale)
  if (tale.situation.priority === 'urgent') yield tale.after(0)
  else {
    if (tale.random.chance(0.4)) {
      yield tale.after(0, 1)
      await tale.tryToReach()
    }
    yield tale.after(1, 2)
  }
  await tale.speak()
}

export async function* planned(tale: Tale): Telling {
  yield* contacted(tale)
  yield tale.after(1, 2)
  await tale.agreePlan()
}

export async function* sent(tale: Tale, which?: { later: boolean }): Telling {
  yield* planned(tale)
  yield tale.after(0, 1)
  await tale.send(which)
}

/** Sends until a project says yes; a place that went to somebody else costs a few days. */
export async function* accepted(tale: Tale, which?: { later: boolean }): Telling {
  yield* sent(tale, which)
  yield* decided(tale, which)
}

export async function* decided(tale: Tale, which?: { later: boolean }): Telling {
  for (;;) {
    yield tale.after(0, 1)
    await tale.see()
    yield tale.after(0, 1)
    if (await tale.accept()) return
    yield tale.after(1)
    await tale.send(which)
  }
}

export async function* booked(tale: Tale): Telling {
  yield* accepted(tale)
  yield tale.after(0, 1)
  await tale.book()
  if (tale.random.chance(0.8)) await tale.callAboutVisit()
}

export async function* started(tale: Tale): Telling {
  yield* booked(tale)
  if (tale.random.chance(0.15)) {
    yield tale.afterSession()
    await tale.register(false)
    yield tale.after(0, 1)
    await tale.book()
  }
  yield tale.afterSession()
  await tale.register(true, tale.random.chance(0.1))
}

/** Comes to most of the sessions that follow. */
export async function* attended(tale: Tale, sessions: number): Telling {
  yield* started(tale)
  for (let session = 1; session < sessions; session++) {
    yield tale.afterSession()
    await tale.register(tale.random.chance(0.85))
    if (session === 1) await tale.callAboutVisit()
  }
}
