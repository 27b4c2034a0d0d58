// Where the panes stand: the whole window under Streamlit's header, beside its sidebar.

import { setAttribute, setVariable } from "./dom.js"

const PHONE = 720
const MEDIUM = 1180
const FIRST_PX = 48

/** Keep the root in place; calls `resized(size)` with phone, medium or wide. */
export function createPlace(root, anchor, resized) {
  let size = null

  const measure = () => {
    const main = document.querySelector('[data-testid="stMain"]')?.getBoundingClientRect()
    const left = main?.left ?? 0
    const right = main ? Math.max(0, document.documentElement.clientWidth - main.right) : 0
    setVariable(root, "--left", `${Math.round(left)}px`)
    setVariable(root, "--right", `${Math.round(right)}px`)
    setVariable(root, "--top", `${Math.round(topOf(anchor))}px`)
    const width = root.clientWidth
    const next = width <= PHONE ? "phone" : width < MEDIUM ? "medium" : "wide"
    if (next === size) return
    size = next
    root.dataset.size = next
    resized(next)
  }

  const observer = new ResizeObserver(measure)
  observer.observe(document.documentElement)
  const main = document.querySelector('[data-testid="stMain"]')
  if (main) observer.observe(main)
  window.addEventListener("resize", measure)
  return {
    measure,
    stop: () => {
      observer.disconnect()
      window.removeEventListener("resize", measure)
    },
  }
}

/** Under the header when nothing visible stands above the component, else where it was mounted. */
function topOf(anchor) {
  const header = document.querySelector('[data-testid="stHeader"]')?.getBoundingClientRect()
  const floor = header ? header.bottom : 0
  const block = anchor.closest('[data-testid="stMainBlockContainer"]')
  const mounted = anchor.getBoundingClientRect().top
  if (!block) return Math.max(floor, mounted)
  const start = block.getBoundingClientRect().top + parseFloat(getComputedStyle(block).paddingTop)
  return mounted - start <= FIRST_PX ? floor : Math.max(floor, mounted)
}

/** Streamlit names colours, not schemes: the page is dark when its background is. */
export function paintScheme(root, host) {
  const style = getComputedStyle(host)
  const colours = ["--st-background-color", "--st-primary-color"].map(name => style.getPropertyValue(name))
  if (root.dataset.colours === colours.join()) return
  root.dataset.colours = colours.join()
  const [background, accent] = colours.map(luminance)
  setAttribute(root, "data-scheme", background < 0.3 ? "dark" : "light")
  setVariable(root, "--on-accent", accent > 0.32 ? "#08110e" : "#ffffff")
}

function luminance(colour) {
  const canvas = document.createElement("canvas").getContext("2d")
  canvas.fillStyle = colour.trim() || "#ffffff"
  const hex = canvas.fillStyle
  if (!hex.startsWith("#")) return 1
  const [r, g, b] = [1, 3, 5].map(at => linear(parseInt(hex.slice(at, at + 2), 16) / 255))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function linear(value) {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
