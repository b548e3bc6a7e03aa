-- Prepares the tree for leaflet-body.typ, which sets pandoc's JSON as it stands: text travels as data and
-- is never Typst code, so nothing needs escaping. Run it after common.lua.
-- data.title: a first heading of level 1 that repeats it is dropped. data.images: path in the text -> file
-- for Typst. data.rtl: whether the leaflet is right-to-left.

local SAFE_SCHEMES = { http = true, https = true, mailto = true, tel = true }
local MIN_WEIGHT = 6

-- Numbers in several pieces become spans of class "number", set as one: Unicode's algorithm shows
-- 0300 222 5800 in Arabic text as 5800 222 0300, and 1-3 as 3-1; in any text a telephone number wants to
-- stand on one line. Right-to-left, a figure with a sign or a Latin unit counts too.
local function number_grammar(rtl)
  local P, R, S = lpeg.P, lpeg.R, lpeg.S
  local letter = R("az", "AZ") + "\u{B5}" + "\u{3BC}"
  local figure = R("09") + P("\xD9") * R("\xA0\xA9") + P("\xDB") * R("\xB0\xB9")
  local figures, letters, sign = figure ^ 1, letter ^ 1, S("+-") + "\u{2212}" + "\u{B1}" + S("<>") + "\u{2264}" + "\u{2265}"
  local blank = P(" ") + "\u{A0}" + "\u{202F}" + "\u{2009}"
  local dash = P("-") + "\u{2010}" + "\u{2011}" + "\u{2012}" + "\u{2013}" + "\u{2212}"
  local joint = blank ^ -1 * (dash + S("/:") + "\u{D7}") * blank ^ -1 + S(".,") + blank
  local group = P("(") * figures * P(")")
  local piece = joint * (group + figures)
  -- No more than seven pieces, so that it cannot outgrow a line.
  local pieces = (group * blank ^ -1) ^ -1 * figures * piece * piece ^ -5
  local unit = blank ^ -1 * (P("%") + "\u{66A}" + P("\u{B0}") * S("CF") ^ -1 + letters * (P("/") * letters) ^ -1)
  local number = sign ^ -1 * pieces
  if rtl then number = sign ^ -1 * pieces * unit ^ -1 + sign * figures * unit ^ -1 + figures * unit end
  number = number * -(P("-") ^ -1 * (letter + figure))

  local word = (letter + figure) ^ 1 * (S("-./'") * (letter + figure) ^ 1) ^ 0
  local function span(text)
    -- Programs that take the text out of a PDF let numbers with blanks between them change places.
    if rtl then text = text:gsub(" ", "\u{A0}") end
    -- Arabic figures change places even in left-to-right text.
    if text:find("[\xD9\xDB]") then text = "\u{202D}" .. text .. "\u{202C}" end
    return pandoc.Span({ pandoc.Str(text) }, { class = "number" })
  end
  return lpeg.Ct((number / span + lpeg.C((-number * (word + 1)) ^ 1) / pandoc.Str) ^ 0)
end

local function is_wide(code)
  return code
    and (code >= 0x2E80 and code <= 0xA4CF or code >= 0xF900 and code <= 0xFAFF or code >= 0xFE30 and code <= 0xFE4F
      or code >= 0xFF00 and code <= 0xFFEF or code >= 0x20000 and code <= 0x3FFFF)
end

-- Chinese is written without spaces, so a line end within it is none either.
local function line_end(before, after)
  local last = before and #before > 0 and utf8.codepoint(before, utf8.offset(before, -1))
  local first = after and after.t == "Str" and #after.text > 0 and utf8.codepoint(after.text, 1)
  return is_wide(last) and is_wide(first) and "" or " "
end

-- One string for each run of words: numbers can then be seen whole, and the tree is a third of the size.
local function joined(inlines, grammar)
  local result, run = pandoc.Inlines({}), ""
  local function flush()
    result:extend(grammar:match(run))
    run = ""
  end
  for index, inline in ipairs(inlines) do
    if inline.t == "Str" then
      run = run .. inline.text
    elseif inline.t == "Space" then
      run = run .. " "
    elseif inline.t == "SoftBreak" then
      run = run .. line_end(run, inlines[index + 1])
    elseif inline.t ~= "RawInline" then
      flush()
      result:insert(inline)
    end
  end
  flush()
  return result
end

-- Identifiers in the document; a second use of one is taken away, since links could not tell them apart.
local function claim_identifiers(tree)
  local seen = {}
  local function claim(element)
    if element.identifier == "" then return nil end
    if seen[element.identifier] then element.identifier = "" end
    seen[element.identifier] = true
    return element
  end
  return tree:walk({ traverse = "topdown", Header = claim, Div = claim, Span = claim }), seen
end

local function link_filter(identifiers)
  return function(link)
    local anchor = link.target:match("^#(.*)$")
    local scheme = link.target:match("^(%a[%w+.-]*):.")
    local leads_on = anchor and identifiers[anchor] or scheme and SAFE_SCHEMES[scheme:lower()]
    if not leads_on then return link.content end
    link.title = ""
    return link
  end
end

local function image_filter(images)
  return function(image)
    local file = images[image.src]
    if not file then error("image not found: " .. image.src, 0) end
    local alt = pandoc.utils.stringify(image.caption)
    if alt:match("^%s*$") then error("image without alternative text: " .. image.src, 0) end
    image.src, image.title = file, ""
    image.caption = { pandoc.Str(alt) }
    return image
  end
end

local function longest(cells)
  local text, word = 1, 1
  for _, cell in ipairs(cells) do
    local content = pandoc.utils.stringify(cell.contents)
    text = math.max(text, utf8.len(content) or #content)
    for part in content:gmatch("%S+") do word = math.max(word, math.min(utf8.len(part) or #part, 24)) end
  end
  return text, word
end

-- Columns as wide as their text asks for: pandoc gives a pipe table none.
local function column_widths(grid)
  local rows = {}
  for _, row in ipairs(grid.head.rows) do rows[#rows + 1] = row end
  for _, body in ipairs(grid.bodies) do
    for _, row in ipairs(body.body) do rows[#rows + 1] = row end
  end
  local weights, sum = {}, 0
  for column = 1, #grid.colspecs do
    local cells = {}
    for _, row in ipairs(rows) do cells[#cells + 1] = row.cells[column] end
    local text, word = longest(cells)
    weights[column] = math.max(MIN_WEIGHT, word, 3 * math.sqrt(text))
    sum = sum + weights[column]
  end
  for column, spec in ipairs(grid.colspecs) do
    grid.colspecs[column] = { spec[1], weights[column] / sum }
  end
  return grid
end

local function without_title(blocks, title)
  local first = blocks[1]
  if first and first.t == "Header" and first.level == 1 and pandoc.utils.stringify(first) == title then
    blocks:remove(1)
  end
  return blocks
end

return function(data)
  local grammar = number_grammar(data.rtl)
  return {
    Pandoc = function(document)
      local identifiers
      document = document:walk({ RawBlock = function() return {} end })
      document.blocks = without_title(document.blocks, data.title)
      document, identifiers = claim_identifiers(document)
      document = document:walk({
        Image = image_filter(data.images),
        Link = link_filter(identifiers),
        Table = column_widths,
      })
      return document:walk({ Inlines = function(inlines) return joined(inlines, grammar) end })
    end,
  }
end
