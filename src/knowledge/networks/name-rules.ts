import type { NameRule } from "./name-rule.ts";

const BRANDS = "operators of the curated tables, for records that carry a name and no number";
const WORDS = "the commonest words of the names in @ip-location-db/asn 2.3.2026061719, and the same in other languages";

/** What the name of an organisation tells of its network, in the order in which rules are asked: the first that matches decides. */
export const NAME_RULES: readonly NameRule[] = [
  {
    id: "brand-cloud",
    type: "cloud",
    terms:
      "amazon|aws|amazonaws|microsoft|azure|google|alibaba|aliyun|tencent|huawei cloud|huaweicloud|oracle cloud|ibm cloud|volcengine".split(
        "|",
      ),
    source: BRANDS,
    matches: ["AMAZON-02", "Hangzhou Alibaba Advertising Co.,Ltd.", "Google LLC"],
    rejects: ["Amazonia Telecom", "Huawei Technologies", "Microsofttools Cafe"],
  },
  {
    id: "brand-hosting",
    type: "hosting",
    terms:
      "digitalocean|linode|hetzner|ovh|ovhcloud|contabo|vultr|choopa|scaleway|leaseweb|godaddy|namecheap|netcup|ionos|strato|rackspace|equinix|colocrossing|m247|selectel|timeweb|kamatera|upcloud|exoscale|infomaniak|dreamhost|bluehost|interserver|softlayer|worldstream|hivelocity|psychz|quadranet|ucloud|kingsoft cloud|yandex cloud".split(
        "|",
      ),
    source: BRANDS,
    matches: ["DIGITALOCEAN-ASN", "Hetzner Online GmbH", "OVH SAS"],
    rejects: ["Digital Ocean Shipping", "Contabolt Ltd", "Ionospheric Studies"],
  },
  {
    id: "brand-access",
    type: "fixed-access",
    terms:
      "comcast|verizon|at t|charter|chinanet|unicom|vodafone|orange|airtel|telmex|kpn|swisscom|proximus|telenet|bell canada|rogers|telus|cogeco|videotron|centurylink|frontier communications|digicel|claro|kddi|softbank|bouygues|rostelecom|vimpelcom|telstra|optus|singtel|starhub|ooredoo|etisalat|telia|telenor|turkcell|vnpt|viettel|eircom|tdc|libertel".split(
        "|",
      ),
    source: BRANDS,
    matches: ["COMCAST-7922", "Vodafone GmbH", "CHINANET Example province"],
    rejects: ["Unicommerce", "Orangery Hotel", "Charterhouse"],
  },
  {
    id: "education",
    type: "education",
    terms:
      "universit*|universid*|univerzit*|uniwersytet*|uniwersitet*|univerza|universitas|yliopisto|egyetem*|ulikool|sveuciliste|panepistimio|politechnika|politecnico|polytechni*|politeknik|politehnica|hochschule|fachhochschule|hogeschool|hogskolan|hogskola|college|colleges|school|schools|schule|schulen|ecole|escola|escuela|scuola|skola|skole|academia|academy|academic|akademi|akademia|akademie|education|educational|educacion|educacao|educativo|educativa|enseignement|edukasi|pendidikan|campus|faculty|facultad|faculdade|student|students|nren|research and education|research network|research institute|institute of technology|institute of science|institut teknologi|institute for|instituto tecnologico|instituto federal|max planck|fraunhofer|national laboratory|national lab|laboratory|observatory|library|libraries|biblioteca|大学|大學|学院|學院|教育|대학|대학교|institute of|institut fur|institut fuer|institut de|instituto de investigacion|academy of sciences|akademie der|ensino e pesquisa|pesquisa|forschungszentrum|forschungsnetz|wissenschaftsnetz|supercomput*|renater|grnet|geant|internet2|esnet|cesnet|cernet|botanical garden|museum".split(
        "|",
      ),
    source: WORDS,
    matches: ["University of Example", "Universidad de Ejemplo", "Beispiel Hochschule", "例大学"],
    rejects: ["Universal Telecom", "Scholar Street Internet", "Collegeville Fiber"],
  },
  {
    id: "government",
    type: "government",
    terms:
      "government|gouvernement|gobierno|governo|regierung|ministry|ministerio|ministerie|ministere|ministerstwo|ministerstvo|ministarstvo|ministerium|bundesministerium|kementerian|dinas|pemerintah|kabupaten|prefeitura|municipality|municipio|municipalidad|gemeente|gemeinde|kommune|kommun|comune di|obec|mairie|city of|town of|county of|county|state of|province of|state government|department of|departamento de|secretaria|secretariat|secretary|senate|senado|parliament|parlament|congress|congreso|assembleia|tribunal|court|courts|police|policia|polizei|army|navy|air force|military|defense|defence|dod|embassy|customs|council|borough|federal agency|national agency|public safety|central election|social security|governmental|senat|urzad|政府|財政|정부|agency|national administration|space administration|commonwealth of|stadt|landeshauptstadt|landkreis|ajuntament|ayuntamiento|landsting|wojewodztwo|gmina|budgetary institution|postal service|social insurance|retirement system|retirement systems|tax office|national assembly|federal service|bundes*".split(
        "|",
      ),
    source: WORDS,
    matches: ["Ministry of Example", "City of Example", "Prefeitura Municipal de Exemplo"],
    rejects: ["City Online Media", "Stateside Networks", "Countyline Cable"],
  },
  {
    id: "cdn",
    type: "cdn",
    terms: "cdn|cdn77|content delivery|cloudflare|fastly|akamai|edgecast|limelight|*cdn".split("|"),
    source: WORDS,
    matches: ["Example CDN LLC", "ExampleCDN"],
    rejects: ["Content Studio", "Delivery Services"],
  },
  {
    id: "satellite",
    type: "satellite",
    terms:
      "satellite|satellites|satelite|satelites|satelital|satellitare|vsat|starlink|viasat|eutelsat|intelsat|inmarsat|hughes network|oneweb".split(
        "|",
      ),
    source: WORDS,
    matches: ["Example Satellite Services", "VSAT Ejemplo"],
    rejects: ["Saturn Networks", "Ponto Sat Conect"],
  },
  {
    id: "mobile",
    type: "mobile",
    terms:
      "mobile|mobil|mobilfunk|mobilni|mobila|mobilis|movil|moviles|movistar|movel|moveis|mobilna|cellular|celular|celulares|cellcom|gsm|lte|telecel|*cell|mobitel|mobilink|gsm*|移动|移動|이동".split(
        "|",
      ),
    source: WORDS,
    matches: ["Example Mobile Ltd", "Ejemplo Movil SA", "Examplecell"],
    rejects: ["Mobility Scooters", "Automobiles Example", "Excel Networks"],
  },
  {
    id: "exchange",
    type: "transit",
    terms:
      "internet exchange|exchange point|ixp|peering|ix|nap|ip transit|carrier services|route server|submarine".split(
        "|",
      ),
    source: WORDS,
    matches: ["Example Internet Exchange", "EXAMPLE-IX"],
    rejects: ["Example Stock Exchange", "Telephone Exchange Cafe"],
  },
  {
    id: "hosting",
    type: "hosting",
    terms:
      "hosting|hostings|host|hosts|hoster|hosted|webhosting|webhost|*hosting|*host|hosteurope|hostinger|hebergement|hebergeur|hospedagem|hospedaje|alojamiento|vps|vds|server|servers|*servers|serveurs|servidores|cloud|clouds|*cloud|cloud*|datacenter|datacenters|datacentre|data center|data centers|data centre|data centres|centro de datos|rechenzentrum|colocation|colo|colocrossing|dedicated|dedi|baremetal|bare metal|idc|virtual machines|virtualization|domains|registrar|webspace|云|雲|数据中心|クラウド|데이터센터|*vps|hostings|webhosting*|hostgator|*hosters".split(
        "|",
      ),
    source: WORDS,
    matches: ["Example Hosting Ltd", "BluHost Inc", "Example Data Center", "Beispielcloud GmbH"],
    rejects: ["Hostel Example", "Example Dental Centers", "Observer Media"],
  },
  {
    id: "access",
    type: "fixed-access",
    terms:
      "telecom*|telekom*|telefon*|telephon*|telco|telcos|telcom|telecable|telenet|teleco|*telecom|*telekom|*telco|tel|isp|internet|broadband|bredband|broadbandnet|banda|breitband|cable|cables|cabo|cablevision|kabel|catv|*cable|fiber|fibers|fibre|fibra|fibras|fibernet|*fiber|*fibre|*fibra|glasfaser|ftth|fttx|dsl|adsl|vdsl|wifi|wi fi|wireless|wisp|provedor|provedores|proveedor|provider|isps|svyaz|communications|comunicacoes|comunicaciones|comunicacion|comunicacao|communication|kommunikation|komunikasi|iletisim|haberlesme|inet|speednet|dialup|stadtwerke|cooperativa|cooperative|coop|home net|homenet|multimidia|电信|電信|联通|聯通|宽带|寬頻|通信|テレコム|ケーブル|통신|fibra*|fiber*|kabel*|*telephone|tele|*telefon|fibranet|radiotelephone|cabletv|cable tv".split(
        "|",
      ),
    source: WORDS,
    matches: ["Example Telecom Ltda", "Ejemplo Comunicaciones SAS", "Example Fiber", "例電信"],
    rejects: ["Hotel Example", "Fibreglass Boats", "Network Solutions"],
  },
  {
    id: "enterprise",
    type: "enterprise",
    terms:
      "bank|banks|bancorp|banco|banca|banka|bankasi|banque|banking|credit union|credit|insurance|versicherung*|assurance|seguros|hospital|hospitals|hopital|clinic|clinics|clinica|klinik|klinikum|medical|medicine|health|healthcare|pharma*|airline|airlines|airways|airport|motors|motor|automotive|securities|capital|financial|finance|investment|investments|mutual|stores|retail|foods|food|oil|petroleum|gas|mining|steel|chemical|chemicals|industries|industrial|manufacturing|logistics|shipping|law|legal|accounting|realty|casino|hotel|hotels|resort|church|television|broadcasting|newspapers|news|publishing|media group|laboratories|engineering|aerospace|electronics|software|semiconductor|payments|payment|trading|supermarkets|brewery|railways|railway|electric|electricity|power|energy|water|*versicherung|mercantile exchange|stock exchange|bankas|aktiebank|energia|energie|elektro|electricite|pricewaterhousecoopers|ernst and young|real estate|markets".split(
        "|",
      ),
    source: WORDS,
    matches: ["Example Bank plc", "Example Memorial Hospital", "Beispiel Versicherungen AG"],
    rejects: ["Riverbanks Internet Cafe", "Hospitality Wifi"],
  },
];
