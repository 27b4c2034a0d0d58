"""Both schemes can be read, every control has a name, and the pane fills the window."""

import pytest
from playwright.sync_api import expect

READABLE = (
    ".row-name",
    ".row-preview",
    ".row-time",
    ".badge",
    ".row-bottom .chip-text",
    ".row-waiting",
    ".tab-count",
    ".tab-label",
    ".total",
    ".sort span",
    ".head-name",
    ".head-line",
    ".assign-name",
    ".status-text",
    ".status-detail",
    ".status-button span",
    ".body",
    ".author",
    ".tag span",
    ".meta time",
    ".failure",
    ".day span",
    ".line-text",
    ".line-time",
    ".mode span",
    ".enter",
    ".field-label",
    ".value",
    ".fact",
    ".panel-known",
    ".phone-e164",
    ".select-text",
    ".field .link",
    ".block-label",
    ".panel-section > .small",
    ".avatar",
)

CONTRAST = """(selectors) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3]))
  const curve = v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  const linear = v => curve(v / 255)
  const light = c => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2])
  const parent = node => node.parentElement ?? node.getRootNode().host ?? null
  const behind = node => {
    const layers = []
    for (let at = node; at; at = parent(at)) {
      const colour = rgba(getComputedStyle(at).backgroundColor)
      if (colour[3] > 0) layers.push(colour)
      if (colour[3] === 1) break
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255])
  }
  const find = selector => {
    for (const host of document.querySelectorAll("*")) {
      const inside = host.shadowRoot
      if (inside?.querySelector(".inbox")) return [...inside.querySelectorAll(selector)]
    }
    return []
  }
  return selectors.map(selector => {
    const seen = find(selector).filter(node => node.offsetParent && node.textContent)
    const ratios = seen.map(node => {
      const back = behind(node)
      const front = over(rgba(getComputedStyle(node).color), back)
      const [a, b] = [light(front), light(back)].sort((x, y) => y - x)
      return (a + 0.05) / (b + 0.05)
    })
    return [selector, ratios.length, Math.min(...ratios)]
  })
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(inbox, scheme):
    inbox.page.emulate_media(color_scheme=scheme)
    inbox.open("rows=60")
    inbox.choose(2)
    assert inbox.page.locator(".inbox").get_attribute("data-scheme") == scheme
    inbox.page.wait_for_timeout(300)
    measured = inbox.page.evaluate(CONTRAST, list(READABLE))
    assert [selector for selector, n, _ in measured if n == 0] == []
    assert [(selector, round(r, 2)) for selector, _, r in measured if r < 4.5] == []


def test_every_control_has_a_name(inbox):
    inbox.open("rows=60")
    inbox.choose(2)
    nameless = inbox.page.locator(".inbox button, .inbox input, .inbox textarea").evaluate_all(
        "nodes => nodes.filter(n => !(n.getAttribute('aria-label') || n.textContent.trim()"
        " || n.getAttribute('aria-labelledby'))).map(n => n.className)"
    )
    assert nameless == []


def test_the_panes_fill_the_window_under_the_header(inbox):
    inbox.open("rows=60")
    box = inbox.page.locator(".inbox").bounding_box()
    header = inbox.page.locator('[data-testid="stHeader"]').bounding_box()
    assert abs(box["y"] - header["height"]) <= 1
    assert (box["x"], box["width"]) == (0, 1440)
    assert abs(box["y"] + box["height"] - 900) <= 1
    scrolls = "() => document.documentElement.scrollHeight > window.innerHeight"
    assert not inbox.page.evaluate(scrolls)


def test_reduced_motion_is_respected(inbox):
    inbox.page.emulate_media(reduced_motion="reduce")
    inbox.open("slow=1500&rows=60")
    inbox.page.locator(".row").first.click()
    bone = inbox.page.locator(".middle .bone").first
    expect(bone).to_be_visible()
    assert bone.evaluate("n => getComputedStyle(n).animationIterationCount") == "1"
