// One thing done at a time, with what was refused of it: at the fields that are named, else in a sentence.
import { useSignal } from "@preact/signals"
import { faults, sentence, told, type Fault } from "./problems"
import { say } from "./ui"

export interface Acting {
  busy: boolean
  wrong: string // what is refused, unless each fault of it stands at a field
  /** What is wrong with the field of this pointer, or with a part of it, for its own place. */
  at: (pointer: string) => string | undefined
  act: (what: () => Promise<unknown>, done: string) => Promise<boolean>
}

/** Each field that is shown says so by its pointer. */
export function useAct(fields: string[] = [], onDone: (text: string) => unknown = say): Acting {
  const busy = useSignal(false)
  const error = useSignal<unknown>(undefined)
  const found = faults(error.value)
  const act = async (what: () => Promise<unknown>, done: string): Promise<boolean> => {
    if (busy.value) return false
    busy.value = true
    error.value = undefined
    try {
      await what()
      await onDone(done)
      return true
    } catch (refused) {
      error.value = refused
      return false
    } finally {
      busy.value = false
    }
  }
  const within = (pointer: string) => (f: Fault): boolean => f.pointer === pointer || f.pointer.startsWith(`${pointer}/`)
  const at = (pointer: string): string | undefined => found.filter(within(pointer)).map(told)[0]
  const elsewhere = found.find((f) => !fields.some((pointer) => within(pointer)(f)))
  const wrong = elsewhere ? told(elsewhere) : error.value === undefined || found.length > 0 ? "" : sentence(error.value)
  return { busy: busy.value, wrong, at, act }
}
