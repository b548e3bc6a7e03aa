-- Prepares the tree for leaflet-body.typ, which sets pandoc's JSON as it stands: text travels as data and
-- is never Typst code, so nothing needs escaping. Run it after common.lua.
-- data.title: a first heading of level 1 that repeats it is dropped. data.images: path in the text -> file
-- for Typst.

local SAFE_SCHEMES = { http = true, https = true, mailto = true, tel = true }
local MIN_WEIGHT = 6

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
  return {
    Pandoc = function(document)
      local identifiers
      document = document:walk({ RawBlock = function() return {} end })
      document.blocks = without_title(document.blocks, data.title)
      document, identifiers = claim_identifiers(document)
      return document:walk({
        Image = image_filter(data.images),
        Link = link_filter(identifiers),
        Table = column_widths,
      })
    end,
  }
end
